using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// Reads a piece of a table block by block, in the order of the rows: the seam between task kinds and the ways to read.
/// </summary>
/// <remarks>
/// Memory stays flat: one block is held. All buffers of a block belong to the reader and end at the next <see cref="Next"/>. Not thread
/// safe; several readers may work at once.
/// </remarks>
public interface ISplitReader : IDisposable
{
    /// <summary>Rows of the current block, 1 to <see cref="ColumnBlock.MaxRows"/>.</summary>
    int Rows { get; }

    /// <summary>Row number of the block's first row within the file, from 0; the others follow without gaps.</summary>
    long FirstRow { get; }

    /// <summary>The columns that were asked for, in the order of the request.</summary>
    ColumnBlock Block { get; }

    /// <summary>Name and type of <see cref="Key"/>, known before the first block; null if the request names no key.</summary>
    DuckColumn? KeyColumn { get; }

    /// <summary>The key column: integers in their own type, everything else as VARCHAR; may hold NULLs.</summary>
    /// <exception cref="InvalidOperationException">The request names no key.</exception>
    DuckVector Key { get; }

    /// <summary>The cells of this block that are not what was asked for, mostly none; by column, then by row. Such a cell holds NaN
    /// (numbers) or the code 0 (categories).</summary>
    IReadOnlyList<CellDefect> Defects { get; }

    /// <summary>Who has read the row groups so far; empty where nobody asked our own reader.</summary>
    RowGroupCounts Groups { get; }

    /// <summary>Reads the next block.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="Core.BatchScoringException">The file cannot be read, or holds fewer rows than asked for.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    bool Next();
}
