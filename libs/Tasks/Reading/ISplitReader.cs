using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.Tasks.Reading;

/// <summary>
/// Reads a piece of a table block by block, in the order of the rows: the seam between task kinds and the ways to read.
/// </summary>
/// <remarks>
/// Memory stays flat: one block is held. All buffers of a block belong to the reader and end at the next <see cref="Next"/>. Not thread
/// safe; several readers may work at once.
/// </remarks>
public interface ISplitReader : IDisposable
{
    /// <summary>Rows of the current block, 1 to <see cref="InputBlock.MaxRows"/>.</summary>
    int Rows { get; }

    /// <summary>Row number of the block's first row within the file, from 0; the others follow without gaps.</summary>
    long FirstRow { get; }

    /// <summary>The model's columns, in the order of the request's inputs: float32 with NaN for missing, int32 category hashes.</summary>
    InputBlock Features { get; }

    /// <summary>Name and type of <see cref="Key"/>, known before the first block; null if the request names no key.</summary>
    DuckColumn? KeyColumn { get; }

    /// <summary>The key column: integers in their own type, everything else as VARCHAR; may hold NULLs.</summary>
    /// <exception cref="InvalidOperationException">The request names no key.</exception>
    DuckVector Key { get; }

    /// <summary>A pass-through column in its own type.</summary>
    /// <param name="index">Its place in the request.</param>
    DuckVector PassThrough(int index);

    /// <summary>The cells of this block that the model cannot take as they are, mostly none; by column, then by row. Such a cell holds NaN
    /// (numbers) or the hash 0 (categories).</summary>
    IReadOnlyList<CellDefect> Defects { get; }

    /// <summary>Who has read the row groups so far; empty where nobody asked our own reader.</summary>
    RowGroupCounts Groups { get; }

    /// <summary>Reads the next block.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="Core.BatchScoringException">The file cannot be read, or holds fewer rows than asked for.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    bool Next();
}
