using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>The part of a Parquet file that will be read.</summary>
/// <param name="Columns">Top-level column names; null means all. Names that the file does not have are passed over.</param>
/// <param name="FirstRow">First row, from 0.</param>
/// <param name="Rows">How many rows; <see cref="long.MaxValue"/> means to the end.</param>
public sealed record ParquetSlice(IReadOnlyCollection<string>? Columns = null, long FirstRow = 0, long Rows = long.MaxValue)
{
    /// <summary>
    /// True for SQL that compares columns with values: DuckDB looks into their Bloom filters, which lie apart from the columns.
    /// </summary>
    public bool WithBloomFilters { get; init; }

    /// <summary>The same by the names that a file has for its columns.</summary>
    /// <param name="file">The file.</param>
    public ParquetSlice In(InputFile file) =>
        Columns is null || file.Columns.Count == 0 ? this : this with { Columns = [.. Columns.Select(file.FileColumnOf).OfType<string>()] };

    /// <summary>Whether rows of a row group are in it.</summary>
    /// <param name="first">The row group's first row, from 0.</param>
    /// <param name="rows">How many it has.</param>
    public bool Meets(long first, long rows) => first < FirstRow + Math.Min(Rows, long.MaxValue - FirstRow) && first + rows > FirstRow;
}
