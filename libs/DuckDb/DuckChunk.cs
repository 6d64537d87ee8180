using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>
/// Up to <see cref="MaxRows"/> rows of a result, one buffer per column, as DuckDB made them: nothing is copied.
/// </summary>
/// <remarks>
/// The buffers belong to this chunk alone and may be written to. They end at the result's next <see cref="DuckResult.NextChunk"/> and
/// at its disposal. Every fixed-size column has room for <see cref="MaxRows"/> values, whatever <see cref="Rows"/> says. Values under a
/// NULL are undefined.
/// </remarks>
public sealed unsafe class DuckChunk
{
    /// <summary>The most rows in a chunk (<c>STANDARD_VECTOR_SIZE</c>).</summary>
    public const int MaxRows = 2048;

    private readonly IReadOnlyList<DuckColumn> _columns;
    private readonly nint[] _data;
    private readonly nint[] _validity;

    internal DuckChunk(IReadOnlyList<DuckColumn> columns)
    {
        _columns = columns;
        _data = new nint[columns.Count];
        _validity = new nint[columns.Count];
    }

    /// <summary>Rows in the chunk.</summary>
    public int Rows { get; private set; }

    /// <summary>Columns in the chunk.</summary>
    public int ColumnCount => _columns.Count;

    /// <summary>One column of the chunk.</summary>
    public DuckVector this[int column] => new(_columns[column], _data[column], _validity[column], Rows);

    /// <inheritdoc cref="DuckVector.Values{T}"/>
    public ReadOnlySpan<T> Values<T>(int column) where T : unmanaged => this[column].Values<T>();

    /// <inheritdoc cref="DuckVector.Pointer{T}"/>
    public T* Pointer<T>(int column) where T : unmanaged => this[column].Pointer<T>();

    /// <inheritdoc cref="DuckVector.Validity"/>
    public ReadOnlySpan<ulong> Validity(int column) => this[column].Validity;

    /// <inheritdoc cref="DuckVector.IsNull"/>
    public bool IsNull(int column, int row) => this[column].IsNull(row);

    /// <inheritdoc cref="DuckVector.Text"/>
    public ReadOnlySpan<byte> Text(int column, int row) => this[column].Text(row);

    /// <inheritdoc cref="DuckVector.Value"/>
    public object? Value(int column, int row) => this[column].Value(row);

    internal void Set(DuckDBDataChunk chunk)
    {
        Rows = (int)DataChunks.DuckDBDataChunkGetSize(chunk);
        for (int i = 0; i < _data.Length; i++)
        {
            nint vector = DataChunks.DuckDBDataChunkGetVector(chunk, i);
            _data[i] = (nint)Vectors.DuckDBVectorGetData(vector);
            _validity[i] = (nint)Vectors.DuckDBVectorGetValidity(vector);
        }
    }

    internal void Clear()
    {
        Rows = 0;
        Array.Clear(_data);
        Array.Clear(_validity);
    }
}
