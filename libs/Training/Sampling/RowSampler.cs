using BatchScoring.Training.Random;

namespace BatchScoring.Training.Sampling;

/// <summary>Draws the rows that a tree's splits are chosen by.</summary>
internal sealed class RowSampler(TrainingParameters parameters, int rows)
{
    private const int FewRows = 100;
    private readonly float _share = parameters.Subsample ?? (rows < FewRows ? 1 : 0.8f);
    private double? _lambda;

    /// <summary>What the next tree's sample depends on: how far the last one moved.</summary>
    public void Learn(double[] leafValues)
    {
        double mean = leafValues.Average(Math.Abs);
        _lambda = mean * mean;
    }

    public RowSample Draw(double[] derivatives, float[]? weights, CatBoostRandom random)
    {
        if (parameters.BootstrapType == BootstrapType.No || _share == 1) return RowSample.Whole(derivatives, weights);
        if (_lambda is null) Learn(derivatives);
        return MinimalVarianceSampling.Draw(derivatives, weights, _share, _lambda!.Value, random.Next());
    }
}
