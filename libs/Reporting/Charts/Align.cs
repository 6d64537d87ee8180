namespace BatchScoring.Reporting;

/// <summary>Which end of a text is at its point.</summary>
internal enum Align
{
    /// <summary>Its start.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its end.</summary>
    End,
}
