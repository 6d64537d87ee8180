namespace BatchScoring.Core;

/// <summary>Whole row groups of one Parquet file, pinned to the version that the plan saw.</summary>
public sealed record SplitInput
{
    /// <summary>The file.</summary>
    public required InputFile File { get; init; }

    /// <summary>First row of the split within the file, from 0; the start of a row group.</summary>
    public required long FirstRow { get; init; }

    /// <summary>Rows of the split.</summary>
    public required long Rows { get; init; }

    /// <summary>Row numbers within the file whose key has been seen before (file order, then row order); ascending, often empty.</summary>
    /// <remarks>Absent in JSON means empty: generated readers set what is absent to null, whatever the initial value says.</remarks>
    public IReadOnlyList<long> DuplicateRows { get; init => field = value ?? []; } = [];
}
