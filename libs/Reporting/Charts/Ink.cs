namespace BatchScoring.Reporting;

/// <summary>What a mark on a chart stands for; the style sheet gives each a colour for light, dark and paper.</summary>
internal enum Ink
{
    /// <summary>Words that matter.</summary>
    Text,

    /// <summary>Words beside.</summary>
    Muted,

    /// <summary>Lines to read values by.</summary>
    Grid,

    /// <summary>The axes.</summary>
    Axis,

    /// <summary>The main series; goods.</summary>
    First,

    /// <summary>The second series; bads.</summary>
    Second,

    /// <summary>The ground under the main series.</summary>
    Shade,

    /// <summary>What to compare with: a diagonal, an average.</summary>
    Reference,

    /// <summary>The span in which a true value lies.</summary>
    Interval,

    /// <summary>What should not be so.</summary>
    Alarm,
}
