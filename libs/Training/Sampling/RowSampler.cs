using BatchScoring.Training.Objectives;
using BatchScoring.Training.Random;

namespace BatchScoring.Training.Sampling;

/// <summary>Draws the rows that splits are chosen by, for a tree or for every level of it.</summary>
internal sealed class RowSampler(TrainingParameters parameters, int rows, Workers workers)
{
    private const int FewRows = 100, BayesianRows = 1000;
    private readonly BootstrapType _type = parameters.BootstrapType ?? parameters.Loss.UsualBootstrap;
    private readonly float _share = parameters.Subsample
        ?? (rows < FewRows ? 1 : parameters.BootstrapType == BootstrapType.Bernoulli ? 0.66f : 0.8f);

    private double? _lambda = parameters.MvsReg;
    private MinimalVarianceSampling? _minimal;
    private (int[] Rows, float[] Weights)? _whole;

    public bool IsPerLevel => parameters.SamplingFrequency == SamplingFrequency.PerTreeLevel;

    /// <summary>What the next tree's sample depends on: how far the last one moved.</summary>
    /// <param name="leafValues">Leaf after leaf.</param>
    /// <param name="outputs">Values per leaf.</param>
    public void Learn(double[] leafValues, int outputs) =>
        Learn(leafValues.Chunk(outputs).Average(leaf => outputs == 1 ? Math.Abs(leaf[0]) : Math.Sqrt(leaf.Sum(value => value * value))));

    /// <exception cref="TrainingException">No row is drawn.</exception>
    public RowSample Draw(double[][] derivatives, float[]? weights, CatBoostRandom random)
    {
        RowSample drawn = Sample(derivatives, weights, random);
        return drawn.Count > 0 ? drawn : throw new TrainingException(TrainingFault.Rows, FormattableString.Invariant(
            $"Not one of {rows} rows was drawn for a tree (bootstrap_type {_type}, subsample {_share}): no row has a derivative, or too few are drawn. ")
            + "Raise subsample, take bootstrap_type No, or look whether the labels fit the loss.");
    }

    private RowSample Sample(double[][] derivatives, float[]? weights, CatBoostRandom random)
    {
        switch (_type)
        {
            case BootstrapType.MVS when _share != 1:
                if (_lambda is null) Learn(MeanSize(derivatives));
                _minimal ??= new MinimalVarianceSampling(rows, derivatives.Length, _share, workers);
                return _minimal.Draw(derivatives, weights, _lambda!.Value, random.Next());
            case BootstrapType.Bernoulli when _share != 1:
                return Kept(Likely(random), derivatives, weights);
            case BootstrapType.Bayesian when parameters.BaggingTemperature != 0:
                return Bayesian(derivatives, weights, random.Next());
            default:
                _whole ??= ([.. Enumerable.Range(0, rows)], [.. Enumerable.Repeat(1f, rows)]);
                return new RowSample(_whole.Value.Rows, derivatives, weights ?? _whole.Value.Weights);
        }
    }

    private void Learn(double mean)
    {
        if (parameters.MvsReg is null) _lambda = mean * mean;
    }

    private double MeanSize(double[][] derivatives) => Enumerable.Range(0, rows).Average(row =>
        derivatives.Length == 1 ? Math.Abs(derivatives[0][row]) : Math.Sqrt(derivatives.Sum(output => output[row] * output[row])));

    private int[] Likely(CatBoostRandom random)
    {
        double[] reals = new double[rows];
        random.NextReals(reals);
        return [.. Enumerable.Range(0, rows).Where(row => reals[row] < _share)];
    }

    private RowSample Kept(int[] kept, double[][] derivatives, float[]? weights) => new(
        kept, [.. derivatives.Select(output => kept.Select(row => output[row]).ToArray())], [.. kept.Select(row => weights?[row] ?? 1)]);

    private RowSample Bayesian(double[][] derivatives, float[]? weights, ulong seed)
    {
        double[][] sampled = [.. derivatives.Select(_ => new double[rows])];
        float[] sampledWeights = new float[rows];
        for (int start = 0; start < rows; start += BayesianRows)
        {
            var random = CatBoostRandom.Of(seed + (ulong)(start / BayesianRows));
            for (int row = start; row < Math.Min(start + BayesianRows, rows); row++)
            {
                float weight = -FastLog.Of((float)(random.NextReal() + 1e-100));
                if (parameters.BaggingTemperature != 1) weight = MathF.Pow(weight, parameters.BaggingTemperature);
                for (int output = 0; output < sampled.Length; output++) sampled[output][row] = derivatives[output][row] * weight;
                sampledWeights[row] = weight * (weights?[row] ?? 1);
            }
        }

        return new RowSample([.. Enumerable.Range(0, rows)], sampled, sampledWeights);
    }
}
