namespace BatchScoring.DataGen.Random;

/// <summary>The numbers of a table's random streams. Part of what a seed means: a change gives other tables.</summary>
internal static class Streams
{
    /// <summary>Noise of a column: this + the column's position.</summary>
    public const uint Column = 0;

    /// <summary>What a group of columns has in common: this + twice the group, two streams each.</summary>
    public const uint Group = 10_000;

    /// <summary>Which rows miss the columns of a missing group: this + the group.</summary>
    public const uint Missing = 20_000;

    /// <summary>What all columns have in common: this + four times the factor, four streams each.</summary>
    public const uint Factor = 30_000;

    /// <summary>Whether a row defaults.</summary>
    public const uint Default = 40_000;

    /// <summary>How much a defaulted row loses.</summary>
    public const uint Loss = 40_001;

    /// <summary>Which rows are spoilt.</summary>
    public const uint Dirt = 40_002;

    /// <summary>What the columns are.</summary>
    public const uint Schema = 50_000;

    /// <summary>What the hidden model is.</summary>
    public const uint Model = 50_001;
}
