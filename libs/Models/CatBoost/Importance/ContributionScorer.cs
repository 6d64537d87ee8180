using BatchScoring.Models.CatBoost.Evaluation;

namespace BatchScoring.Models.CatBoost.Importance;

/// <summary>Raw values, then what each player of each output adds to them: outputs, then players × outputs.</summary>
internal sealed class ContributionScorer : IBlockScorer
{
    private readonly CatBoostModel _model;
    private readonly IBlockScorer _scorer;
    private readonly TreeContributions[] _trees;

    public ContributionScorer(CatBoostModel model, SplitParts parts)
    {
        (_model, _scorer) = (model, model.CreateScorer());
        _trees = [.. WeightedTree.Of(model).Select(tree => new TreeContributions(model, tree, parts))];
        OutputCount = (1 + parts.PlayerColumns.Length) * model.OutputCount;
    }

    public IReadOnlyList<ModelInput> Inputs => _model.Inputs;

    public int OutputCount { get; }

    public void Score(InputBlock block, Span<double> raw)
    {
        BlockChecks.Check(this, block, raw);
        _scorer.Score(block, raw);
        SplitAnswers rows = new(_model);
        int outputs = _model.OutputCount;
        double[] sums = new double[OutputCount - outputs];
        for (int row = 0; row < block.Rows; row++)
        {
            bool[] answers = rows.Of(block, row);
            Array.Clear(sums);
            foreach (TreeContributions tree in _trees)
            {
                double[] values = tree.Of(answers);
                for (int slot = 0; slot < tree.Players.Length; slot++)
                    for (int output = 0; output < outputs; output++)
                        sums[(tree.Players[slot] * outputs) + output] += values[(slot * outputs) + output];
            }

            for (int i = 0; i < sums.Length; i++) raw[((outputs + i) * block.Rows) + row] = sums[i] * _model.Scale;
        }
    }
}
