using System.Text.Json;

namespace BatchScoring.Core;

/// <summary>What a task says at its end: one line of JSON on stdout.</summary>
public sealed record TaskResult
{
    private static readonly Dictionary<string, long> _none = new(StringComparer.Ordinal);

    /// <summary>Version of the line formats.</summary>
    public int Format { get; init; } = HeaderLine.CurrentFormat;

    /// <summary>The split's number.</summary>
    public required int Split { get; init; }

    /// <summary>How it ended; anything but <see cref="TaskResultStatus.Done"/> comes with <see cref="Error"/>.</summary>
    public required TaskResultStatus Status { get; init; }

    /// <summary>Why it did not end well.</summary>
    public TaskError? Error { get; init; }

    /// <summary>Rows read from the input.</summary>
    public long RowsRead { get; init; }

    /// <summary>Rows in the part.</summary>
    public long RowsOut { get; init; }

    /// <summary>Rows set aside with a code.</summary>
    public long RowsQuarantined { get; init; }

    /// <summary>The part that waits to be published; null when the split yields none (no rows).</summary>
    public PendingPart? Part { get; init; }

    /// <summary>The file of set-aside rows, already in the attempt's folder; null when there is none.</summary>
    public string? QuarantineKey { get; init; }

    /// <summary>Set-aside rows by code.</summary>
    public IReadOnlyDictionary<string, long> QuarantineCounts { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>This split's share of the content hash of the rows in the part.</summary>
    public ContentHash Content { get; init; }

    /// <summary>This split's share of the content hash of the set-aside rows.</summary>
    public ContentHash QuarantineContent { get; init; }

    /// <summary>Row groups whose numbers our own reader has read; 0 where the kind does not use it.</summary>
    public long RowGroupsRead { get; init; }

    /// <summary>Row groups that it does not read, by the reason's code: DuckDB has read them, to the same result.</summary>
    public IReadOnlyDictionary<string, long> RowGroupsUnsupported { get; init => field = value ?? _none; } = _none;

    /// <summary>What else the kind has to tell (histograms, means …), one JSON object.</summary>
    public JsonElement? Statistics { get; init; }

    /// <summary>Seconds spent, by stage: read, evaluate, write, stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);
}
