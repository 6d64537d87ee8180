namespace BatchScoring.Statistics;

/// <summary>Jeffreys' test of a predicted rate: is the rate that was promised too low for what was seen? Thread safe.</summary>
public static class JeffreysTest
{
    /// <summary>
    /// The chance that the true rate is at or below the predicted one, given the outcomes: Beta(p; bads + ½, rows − bads + ½). Small =
    /// the prediction is too low; near 1 = too high.
    /// </summary>
    /// <param name="predicted">The predicted rate, 0 to 1.</param>
    /// <param name="bads">Bads seen; 0 to <paramref name="rows"/>.</param>
    /// <param name="rows">Rows; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate or count is out of its range.</exception>
    public static double PValue(double predicted, long bads, long rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(bads);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bads, rows);
        if (!(predicted >= 0 && predicted <= 1))
            throw new ArgumentOutOfRangeException(nameof(predicted), predicted, "A rate from 0 to 1 is needed.");
        return SpecialFunctions.BetaLower(predicted, bads + 0.5, rows - bads + 0.5);
    }
}
