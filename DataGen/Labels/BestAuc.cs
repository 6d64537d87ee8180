using BatchScoring.Statistics;

namespace BatchScoring.DataGen.Labels;

/// <summary>
/// The AUC of the true probabilities against the drawn labels, counted in bins so that memory does not grow with the rows. Rows of one bin
/// count as ties: with 2¹⁸ bins that moves the AUC by less than 0.0001. One thread at a time; counts of several can be added.
/// </summary>
internal sealed class BestAuc
{
    private const int Bins = 1 << 18;

    private readonly ScoreHistogram _good = new(0, 1, Bins);
    private readonly ScoreHistogram _bad = new(0, 1, Bins);

    public long Defaults => _bad.Total;

    public void Add(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> losses)
    {
        for (int i = 0; i < probabilities.Length; i++) (losses[i] > 0 ? _bad : _good).Add(probabilities[i]);
    }

    public void Add(BestAuc other)
    {
        _good.Add(other._good);
        _bad.Add(other._bad);
    }

    /// <summary>Null when all rows default, or none.</summary>
    public double? Value()
    {
        long bads = _bad.Total, goods = _good.Total;
        if (bads == 0 || goods == 0) return null;
        Int128 twice = 0;
        long goodsBelow = 0;
        for (int bin = 0; bin < Bins; bin++)
        {
            twice += (Int128)_bad.Counts[bin] * ((2 * goodsBelow) + _good.Counts[bin]);
            goodsBelow += _good.Counts[bin];
        }

        return (double)twice / (2.0 * bads * goods);
    }
}
