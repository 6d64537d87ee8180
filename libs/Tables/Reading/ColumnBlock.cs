namespace BatchScoring.Tables;

/// <summary>
/// Up to <see cref="MaxRows"/> rows of a table, one buffer per column in the order of the request: float32 with NaN for a missing number,
/// int32 codes of categories. The block does not own the buffers.
/// </summary>
/// <remarks>
/// Every buffer is readable for <see cref="Rows"/> rounded up to <see cref="Padding"/> rows; what lies behind the last row is undefined.
/// Not thread safe. Reused from block to block.
/// </remarks>
/// <param name="columns">How many columns a row has.</param>
public sealed unsafe class ColumnBlock(int columns)
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

    /// <summary>The buffer of a number.</summary>
    public float* Numbers(int column) => (float*)_columns[column];

    /// <summary>The buffer of a category's codes.</summary>
    public int* Codes(int column) => (int*)_columns[column];

    internal void Reset(int rows) => Rows = rows;

    internal void SetNumbers(int column, float* values) => _columns[column] = (nint)values;

    internal void SetCodes(int column, int* codes) => _columns[column] = (nint)codes;
}
