using System.Collections.Immutable;
using BatchScoring.Models;

namespace BatchScoring.SparkJobs.Importance;

/// <summary>A model whose raw values are followed by what its columns add to them: so rows are read as they are for scores.</summary>
internal sealed class ContributionModel(CatBoostModel model, IBlockScorer scorer) : IModel
{
    public string Format => model.Format;

    public ImmutableArray<ModelInput> Inputs => model.Inputs;

    public bool HasFeatureNames => model.HasFeatureNames;

    public int OutputCount => scorer.OutputCount;

    public ImmutableArray<PredictionType> PredictionTypes => [PredictionType.RawFormulaVal];

    public IBlockScorer CreateScorer() => scorer;

    public Prediction PredictionOf(PredictionType type) => Scores();

    public Prediction Scores() => new("value", OutputCount, (raw, rows, output) => raw[..(rows * OutputCount)].CopyTo(output));

    public ModelDescription Describe() => model.Describe();
}
