using System.Text.Json;

namespace BatchScoring.Core;

/// <summary>One task: a piece of Parquet and what to do with it. Complete in itself, apart from the header line.</summary>
public sealed record TaskSpec
{
    /// <summary>Version of the line formats.</summary>
    public int Format { get; init; } = HeaderLine.CurrentFormat;

    /// <summary>The task kind, for example <c>score</c>; the app registers what it knows.</summary>
    public required string Kind { get; init; }

    /// <summary>The split's number within its run, from 0; answers are matched by it.</summary>
    public required int Split { get; init; }

    /// <summary>What to read.</summary>
    public required SplitInput Input { get; init; }

    /// <summary>
    /// The final key of the part; null lets the task make a name that nobody else uses. Set when a lost part is made again.
    /// </summary>
    public string? PartKey { get; init; }

    /// <summary>The kind's own options, one JSON object.</summary>
    public required JsonElement Work { get; init; }
}
