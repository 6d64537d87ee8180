namespace BatchScoring.Statistics;

/// <summary>The rows whose probability lies in one band: what was promised and what came.</summary>
public sealed record CalibrationBand
{
    /// <summary>The lower edge, which belongs to the band.</summary>
    public required double From { get; init; }

    /// <summary>The upper edge, which does not; +∞ for the last band.</summary>
    public required double To { get; init; }

    /// <summary>Rows in the band.</summary>
    public required long Rows { get; init; }

    /// <summary>Bads among them.</summary>
    public required long Bads { get; init; }

    /// <summary>Mean of the predicted probabilities, 0 to 1; NaN for no rows.</summary>
    public required double MeanProbability { get; init; }

    /// <summary>Bads ÷ rows, 0 to 1; NaN for no rows.</summary>
    public double BadRate => Bads / (double)Rows;

    /// <summary><see cref="JeffreysTest"/> of the mean probability: small = the promise was too low. NaN for no rows.</summary>
    public double Jeffreys => Rows == 0 ? double.NaN : JeffreysTest.PValue(Math.Clamp(MeanProbability, 0, 1), Bads, Rows);
}
