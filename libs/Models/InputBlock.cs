namespace BatchScoring.Models;

/// <summary>
/// Up to <see cref="MaxRows"/> rows, one buffer per input column, in the order of <see cref="IBlockScorer.Inputs"/>. A numeric column is
/// float32 with NaN for missing; a categorical column is int32 hashes. The block does not own the buffers.
/// </summary>
/// <remarks>
/// Every buffer must be readable for <see cref="Rows"/> rounded up to <see cref="Padding"/> rows: kernels read whole vectors, and ignore
/// what lies behind the last row. Not thread safe. Reused from block to block.
/// </remarks>
/// <param name="columns">How many input columns a row has.</param>
public sealed unsafe class InputBlock(int columns)
{
    /// <summary>The most rows in one block: what DuckDB hands out at once.</summary>
    public const int MaxRows = 2048;

    /// <summary>Column buffers are readable up to a multiple of this many rows.</summary>
    public const int Padding = 64;

    private readonly nint[] _columns = new nint[columns];

    /// <summary>Rows in the block, 0 to <see cref="MaxRows"/>.</summary>
    public int Rows { get; private set; }

    /// <summary>How many columns a row has.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>Starts the next block.</summary>
    /// <param name="rows">Rows of the block, 0 to <see cref="MaxRows"/>.</param>
    public void Reset(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, MaxRows);
        Rows = rows;
    }

    /// <summary>Names the buffer of a numeric column; it must stay alive and in place while the block is scored.</summary>
    public void SetNumeric(int column, float* values) => _columns[column] = (nint)values;

    /// <summary>Names the buffer of a categorical column; it must stay alive and in place while the block is scored.</summary>
    public void SetCategorical(int column, int* hashes) => _columns[column] = (nint)hashes;

    /// <summary>The buffer of a numeric column.</summary>
    public float* Numeric(int column) => (float*)_columns[column];

    /// <summary>The buffer of a categorical column.</summary>
    public int* Categorical(int column) => (int*)_columns[column];
}
