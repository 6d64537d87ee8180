using BatchScoring.Scoring;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Contract;

/// <summary>The values that a number takes, and the limits that follow from them.</summary>
internal sealed class NumberRange(string feature, bool grouped)
{
    private const int Groups = 10;

    /// <summary>Points of percent that more rows may lack the number than in the training table.</summary>
    private const int MissingRoom = 10;

    private readonly MagnitudeHistogram? _values = grouped ? new MagnitudeHistogram() : null;
    private float _minimum = float.PositiveInfinity;
    private float _maximum = float.NegativeInfinity;
    private bool _whole = true;
    private long _missing;

    public void Add(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value)) _missing++;
            if (!float.IsFinite(value)) continue;
            _minimum = Math.Min(_minimum, value);
            _maximum = Math.Max(_maximum, value);
            _whole &= value == MathF.Floor(value);
            _values?.Add(value);
        }
    }

    /// <summary>
    /// The range is what was seen and half its width more on each side, not across zero: it is for values of another unit or column, not
    /// for the next largest one. A number that was always the same, or never there, gets none.
    /// </summary>
    public FeatureRule Rule(long rows)
    {
        double percent = Math.Ceiling(100.0 * _missing / rows) + MissingRoom;
        double room = _maximum > _minimum ? (_maximum - (double)_minimum) / 2 : double.NaN;
        return new FeatureRule(
            feature,
            double.IsNaN(room) ? null : Outwards(_minimum >= 0 ? Math.Max(0, _minimum - room) : _minimum - room, Math.Floor),
            double.IsNaN(room) ? null : Outwards(_maximum <= 0 ? Math.Min(0, _maximum + room) : _maximum + room, Math.Ceiling),
            MaxMissingPercent: percent < 100 ? percent : null,
            Training: new FeatureProfile(rows, _missing, Edges()));
    }

    /// <summary>Two digits say what a limit is; whole numbers get whole ones.</summary>
    private double Outwards(double value, Func<double, double> round)
    {
        if (value == 0) return 0;
        double step = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 1);
        if (_whole) step = Math.Max(step, 1);
        // A step below one is divided by its inverse: 3 × 0.1 is no 0.3.
        return step >= 1 ? round(value / step) * step : round(value * Math.Round(1 / step)) / Math.Round(1 / step);
    }

    private float[]? Edges() => _values is { Total: > 0 }
        ? [.. Enumerable.Range(1, Groups - 1).Select(i => (float)_values.Quantile(i / (double)Groups)!.Value)
            .Distinct().Where(edge => edge < _maximum)]
        : null;
}
