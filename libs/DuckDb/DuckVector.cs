using BatchScoring.DuckDb.Native;

namespace BatchScoring.DuckDb;

/// <summary>One column of a chunk, as it lies in DuckDB's memory.</summary>
/// <remarks>It ends with its chunk. The buffer may be written to, has room for <see cref="DuckChunk.MaxRows"/> values, and is undefined
/// under a NULL.</remarks>
public readonly unsafe struct DuckVector
{
    private readonly nint _data;
    private readonly nint _validity;

    internal DuckVector(DuckColumn column, nint data, nint validity, int rows) =>
        (Column, _data, _validity, Rows) = (column, data, validity, rows);

    /// <summary>A column of somebody else's, in the form that DuckDB's have.</summary>
    /// <param name="column">Name and type.</param>
    /// <param name="data">The values, of the column's own type; must stay in place as long as the vector is used.</param>
    /// <param name="validity">Which rows are not NULL, see <see cref="Validity"/>; 0 when none is NULL.</param>
    /// <param name="rows">How many values there are.</param>
    public static DuckVector Over(DuckColumn column, nint data, nint validity, int rows) => new(column, data, validity, rows);

    /// <summary>Name and type.</summary>
    public DuckColumn Column { get; }

    /// <summary>How many values there are.</summary>
    public int Rows { get; }

    /// <summary>Which rows are not NULL: bit <c>row % 64</c> of word <c>row / 64</c>. Empty when there is no NULL to look for.</summary>
    /// <remarks>Bits behind the last row are undefined.</remarks>
    public ReadOnlySpan<ulong> Validity => _validity == 0 ? default : new ReadOnlySpan<ulong>((void*)_validity, (Rows + 63) / 64);

    /// <summary>The values; those of NULLs are undefined.</summary>
    /// <typeparam name="T">The column's own type, as <see cref="DuckType"/> says; nothing is converted.</typeparam>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged => new(Pointer<T>(), Rows);

    /// <summary>The start of the buffer, which may be written to and has room for <see cref="DuckChunk.MaxRows"/> values.</summary>
    /// <typeparam name="T">The column's own type, as <see cref="DuckType"/> says; nothing is converted.</typeparam>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    public T* Pointer<T>() where T : unmanaged
    {
        if (!ColumnTypes.Holds<T>(Column.Type)) ThrowWrongType(typeof(T));
        return (T*)_data;
    }

    /// <summary>The values of a column of fixed width as bytes, to be copied as they are.</summary>
    /// <exception cref="ArgumentException">The column's type has no fixed width.</exception>
    public ReadOnlySpan<byte> Bytes => new((void*)_data, Rows * ColumnTypes.Width(Column));

    /// <summary>True when the cell is NULL.</summary>
    public bool IsNull(int row) => _validity != 0 && (((ulong*)_validity)[row >> 6] >> row & 1) == 0;

    /// <summary>The bytes (UTF-8) of a VARCHAR or BLOB cell; empty for NULL.</summary>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    public ReadOnlySpan<byte> Text(int row) => IsNull(row) ? default : Values<DuckText>()[row].Utf8;

    /// <summary>A cell as an object: integers, bool, float, double, string, byte[] (BLOB), DateOnly, DateTime (TIMESTAMP, without a zone);
    /// null for NULL. For small results.</summary>
    /// <exception cref="ArgumentException">The column's type has no such form; cast it in the SQL.</exception>
    public object? Value(int row)
    {
        if (IsNull(row)) return null;
        return Column.Type switch
        {
            DuckType.Boolean => Values<bool>()[row],
            DuckType.TinyInt => Values<sbyte>()[row],
            DuckType.SmallInt => Values<short>()[row],
            DuckType.Integer => Values<int>()[row],
            DuckType.BigInt => Values<long>()[row],
            DuckType.UTinyInt => Values<byte>()[row],
            DuckType.USmallInt => Values<ushort>()[row],
            DuckType.UInteger => Values<uint>()[row],
            DuckType.UBigInt => Values<ulong>()[row],
            DuckType.HugeInt => Values<Int128>()[row],
            DuckType.UHugeInt => Values<UInt128>()[row],
            DuckType.Float => Values<float>()[row],
            DuckType.Double => Values<double>()[row],
            DuckType.Varchar => Values<DuckText>()[row].ToString(),
            DuckType.Blob => Text(row).ToArray(),
            DuckType.Date => DateOnly.FromDayNumber(new DateOnly(1970, 1, 1).DayNumber + Values<int>()[row]),
            DuckType.Timestamp => DateTime.SpecifyKind(DateTime.UnixEpoch, DateTimeKind.Unspecified)
                .AddTicks(Values<long>()[row] * TimeSpan.TicksPerMicrosecond),
            _ => throw new ArgumentException(
                $"Column {Column.Name} of type {Column.SqlType} has no form as an object: cast it to VARCHAR in the SQL.", nameof(row)),
        };
    }

    private void ThrowWrongType(Type T) => throw new ArgumentException(
        $"Column {Column.Name} is {Column.SqlType}, asked for was {T.Name}: ask for the column's own type, or cast it in the SQL.",
            nameof(T));
}
