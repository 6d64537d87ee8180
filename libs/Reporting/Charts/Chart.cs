using System.Text.Json.Serialization;

namespace BatchScoring.Reporting;

/// <summary>A picture of numbers, as the numbers. A new kind is one more derived record; a new format one more canvas.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HistogramChart), "histogram")]
[JsonDerivedType(typeof(RocChart), "roc")]
[JsonDerivedType(typeof(BadRateChart), "bad_rate")]
[JsonDerivedType(typeof(GainChart), "gain")]
[JsonDerivedType(typeof(DurationChart), "durations")]
public abstract record Chart
{
    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>
    /// What a reader should see in it, in a sentence or two: the caption, and the description for those who cannot see it.
    /// </summary>
    internal abstract string Summary();

    /// <summary>The numbers as a table.</summary>
    internal abstract ReportTable Table();

    /// <summary>True when the table is worth a place of its own and is shown open.</summary>
    internal virtual bool TableStands => false;

    /// <summary>What the colours mean; empty when there is one series.</summary>
    internal virtual IReadOnlyList<(Ink Ink, string Name)> Legend => [];

    /// <summary>Draws it on a sheet.</summary>
    internal abstract void Draw(ICanvas canvas);
}
