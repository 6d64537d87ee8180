using BatchScoring.DuckDb.Native;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>A chunk that is filled: up to <see cref="DuckChunk.MaxRows"/> rows, one buffer per column.</summary>
/// <remarks>One thread at a time. Buffers are void as soon as the block is handed over. Rows are not NULL until they are made so.</remarks>
public sealed unsafe class DuckBlock
{
    private readonly IReadOnlyList<DuckColumn> _columns;
    private readonly nint[] _vectors;

    internal DuckBlock(IReadOnlyList<DuckColumn> columns) => (_columns, _vectors) = (columns, new nint[columns.Count]);

    /// <summary>The buffer of a column: <see cref="DuckChunk.MaxRows"/> values.</summary>
    /// <typeparam name="T">The column's own type, as <see cref="DuckType"/> says.</typeparam>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    public Span<T> Column<T>(int column) where T : unmanaged => new(Pointer<T>(column), DuckChunk.MaxRows);

    /// <summary>The buffer of a column of fixed width as bytes, see <see cref="DuckVector.Bytes"/>.</summary>
    /// <exception cref="ArgumentException">The column's type has no fixed width.</exception>
    public Span<byte> Bytes(int column) => new(
        Vectors.DuckDBVectorGetData(_vectors[column]), DuckChunk.MaxRows * ColumnTypes.Width(_columns[column]));

    /// <summary>Makes a cell NULL.</summary>
    public void SetNull(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)DuckChunk.MaxRows, nameof(row));
        Vectors.DuckDBVectorEnsureValidityWritable(_vectors[column]);
        Vectors.DuckDBVectorGetValidity(_vectors[column])[row >> 6] &= ~(1ul << row);
    }

    /// <summary>Says of all cells of a column which are not NULL.</summary>
    /// <param name="column">The column.</param>
    /// <param name="valid">Bit r % 64 of word r / 64 for row r, at most <see cref="DuckChunk.MaxRows"/>.</param>
    public void SetValidity(int column, ReadOnlySpan<ulong> valid)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(valid.Length, DuckChunk.MaxRows / 64, nameof(valid));
        Vectors.DuckDBVectorEnsureValidityWritable(_vectors[column]);
        valid.CopyTo(new Span<ulong>(Vectors.DuckDBVectorGetValidity(_vectors[column]), DuckChunk.MaxRows / 64));
    }

    /// <summary>Sets a text cell; the bytes (UTF-8) are copied.</summary>
    /// <exception cref="ArgumentException">The column is not VARCHAR or BLOB.</exception>
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)DuckChunk.MaxRows, nameof(row));
        _ = Pointer<DuckText>(column);
        fixed (byte* text = utf8)
            Vectors.DuckDBVectorAssignStringElementLength(_vectors[column], (ulong)row, text, utf8.Length);
    }

    /// <summary>Takes over a column's values and NULLs; row by row the same.</summary>
    /// <param name="column">The column to fill, of the source's type.</param>
    /// <param name="source">A type of fixed width, VARCHAR or BLOB.</param>
    /// <exception cref="ArgumentException">The types differ.</exception>
    public void Copy(int column, DuckVector source)
    {
        if (_columns[column].Type != source.Column.Type)
            throw new ArgumentException($"Column {_columns[column].Name} is {_columns[column].SqlType}, given was {source.Column.SqlType}.",
                nameof(source));
        if (source.Column.Type is DuckType.Varchar or DuckType.Blob)
        {
            for (int row = 0; row < source.Rows; row++) SetText(column, row, source.Text(row));
        }
        else
        {
            source.Bytes.CopyTo(Bytes(column));
        }

        if (source.Validity.IsEmpty) return;
        for (int row = 0; row < source.Rows; row++)
            if (source.IsNull(row)) SetNull(column, row);
    }

    internal void Open(DuckDBDataChunk chunk)
    {
        for (int i = 0; i < _vectors.Length; i++) _vectors[i] = DataChunks.DuckDBDataChunkGetVector(chunk, i);
    }

    /// <summary>Over a single vector of DuckDB's.</summary>
    internal void Open(nint vector) => _vectors[0] = vector;

    internal void Close() => Array.Clear(_vectors);

    private T* Pointer<T>(int column) where T : unmanaged
    {
        if (column >= _columns.Count || !ColumnTypes.Holds<T>(_columns[column].Type))
        {
            string found = column < _columns.Count ? $"{_columns[column].Name} is {_columns[column].SqlType}" : $"{column} does not exist";
            throw new ArgumentException($"Column {found}, given was {typeof(T).Name}.", nameof(column));
        }

        return (T*)Vectors.DuckDBVectorGetData(_vectors[column]);
    }
}
