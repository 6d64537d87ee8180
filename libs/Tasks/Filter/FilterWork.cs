namespace BatchScoring.Tasks;

/// <summary>Options of the task kind <c>filter</c>: which rows to keep, and where they go.</summary>
public sealed record FilterWork
{
    /// <summary>The key column: text or integers.</summary>
    public required string Key { get; init; }

    /// <summary>The salt's text, see <see cref="KeySlot"/>.</summary>
    public required string Salt { get; init; }

    /// <summary>k, the number of slots; at least 1.</summary>
    public required int Slots { get; init; }

    /// <summary>The first slot to keep, from 0.</summary>
    public required int FirstSlot { get; init; }

    /// <summary>The last slot to keep; a date of a sample keeps one slot, an import's test share keeps many.</summary>
    public required int LastSlot { get; init; }

    /// <summary>The columns to copy, in this order; null means all, in the file's order.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The folder of the result, ending in a slash.</summary>
    public required string Folder { get; init; }
}
