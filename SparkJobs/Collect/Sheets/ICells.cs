namespace BatchScoring.SparkJobs.Collect.Sheets;

/// <summary>A table for a spreadsheet, cell after cell, row after row, in constant memory.</summary>
internal interface ICells
{
    void Empty();

    /// <summary>A text that stays one, whatever it looks like.</summary>
    /// <param name="utf8">Well-formed UTF-8.</param>
    void Text(ReadOnlySpan<byte> utf8);

    /// <summary>A number, with as many digits as tell it from its neighbours.</summary>
    /// <param name="value">Finite.</param>
    void Number(double value);

    /// <summary>As <see cref="Number(double)"/>, of half the digits: 0.1 stays 0.1.</summary>
    void Number(float value);

    void Number(long value);

    void Truth(bool value);

    void Day(DateOnly value);

    void EndRow();
}
