using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace BatchScoring.Core;

/// <summary>
/// <c>_manifest.json</c>: names everything that a published dataset consists of, and decides who won. Put once, with a condition; never
/// changed.
/// </summary>
public sealed record Manifest : RunIdentity
{
    /// <summary>The version of this contract.</summary>
    public const int CurrentFormat = 1;

    /// <summary>For readers of JSON and for initialisers.</summary>
    public Manifest()
    {
    }

    /// <summary>The manifest of the attempt that this identity names; what it consists of is set beside.</summary>
    /// <param name="attempt">Plan or record of the attempt.</param>
    [SetsRequiredMembers]
    public Manifest(RunIdentity attempt)
        : base(attempt) => (Columns, Parts) = ([], []);

    /// <summary>When the manifest was made (UTC).</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Rows read from the input; equals rows in the parts plus set-aside rows for a job that keeps every row.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Content hash and count of the rows in the parts.</summary>
    public required ContentHash Content { get; init; }

    /// <summary>Content hash and count of the set-aside rows.</summary>
    public required ContentHash QuarantineContent { get; init; }

    /// <summary>The columns of every part, in order; empty where the parts are no tables.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>The key column's name, or null for a dataset without one.</summary>
    public string? Key { get; init; }

    /// <summary>The parts, by key in ordinal order.</summary>
    public required IReadOnlyList<PendingPart> Parts { get; init; }

    /// <summary>What this kind of dataset states besides (the sampling rule of the pool, the model of a score …).</summary>
    public JsonElement? Details { get; init; }
}
