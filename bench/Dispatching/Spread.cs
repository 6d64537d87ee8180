using System.Globalization;

namespace BatchScoring.Bench.Dispatching;

/// <summary>Measured times, in milliseconds.</summary>
internal sealed class Spread(IEnumerable<double> milliseconds)
{
    private readonly double[] _sorted = [.. milliseconds.Order()];

    public double Median => _sorted.Length == 0 ? double.MaxValue : At(0.5);

    /// <summary><c>60 firings, p50 12 ms, p99 30 ms, max 31 ms</c></summary>
    public string Text(string what) => _sorted.Length == 0
        ? $"no {what}"
        : string.Create(CultureInfo.InvariantCulture,
            $"{_sorted.Length} {what}, p50 {Median:0} ms, p99 {At(0.99):0} ms, max {_sorted[^1]:0} ms");

    private double At(double share) => _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
