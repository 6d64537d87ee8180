namespace BatchScoring.Tasks;

/// <summary>Options of the task kind <c>import</c>: which rows of a source file go into a set, and what becomes of their columns.</summary>
public sealed record ImportWork
{
    /// <summary>The key column of the result.</summary>
    public required string Key { get; init; }

    /// <summary>A local folder with a <see cref="RowChoices"/> file for every source file.</summary>
    public required string Choices { get; init; }

    /// <summary>The set that is made: rows with this choice come out.</summary>
    public required byte Set { get; init; }

    /// <summary>The result's columns, in this order.</summary>
    public required IReadOnlyList<TypedColumn> Columns { get; init; }

    /// <summary>The folder of the result, ending in a slash.</summary>
    public required string Folder { get; init; }
}
