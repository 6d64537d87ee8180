using System.Numerics;
using System.Runtime.InteropServices;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tables.Csv;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// The cells of a CSV file as typed columns, block by block: an empty text is NULL but in a category, where it is a text.
/// </summary>
/// <param name="reader">Reads the columns, in their order.</param>
/// <param name="columns">What they become.</param>
/// <param name="rowsRead">Is told of rows.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class CsvCells(
    CsvReader reader, IReadOnlyList<DatasetColumn> columns, Action<long> rowsRead, CancellationToken cancellation)
{
    private readonly List<(long Row, CsvBadCell Cell)> _unreadable = [];
    private readonly ulong[] _valid = new ulong[DuckChunk.MaxRows / 64];

    /// <summary>How a column is read.</summary>
    public static CsvColumnKind KindOf(DatasetColumn column) => column.Type switch
    {
        "FLOAT" => CsvColumnKind.Float,
        "DOUBLE" => CsvColumnKind.Double,
        _ => CsvColumnKind.Text,
    };

    public static DuckType TypeOf(DatasetColumn column) => column.Type switch
    {
        "FLOAT" => DuckType.Float,
        "DOUBLE" => DuckType.Double,
        "BIGINT" => DuckType.BigInt,
        _ => DuckType.Varchar,
    };

    /// <summary>Hands the next block to DuckDB.</summary>
    public int Fill(DuckBlock to)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!reader.Next()) return 0;
        CsvBlock from = reader.Block;
        for (int i = 0; i < columns.Count; i++)
        {
            switch (TypeOf(columns[i]))
            {
                case DuckType.Float: Numbers(to, i, from.Values<float>(i)); break;
                case DuckType.Double: Numbers(to, i, from.Values<double>(i)); break;
                case DuckType.BigInt: Integers(to, i, from); break;
                default: Texts(to, i, from, columns[i].Role == ColumnRole.Category); break;
            }
        }

        foreach (IGrouping<int, CsvBadCell> row in from.BadCells.GroupBy(cell => cell.Row))
            _unreadable.Add((from.FirstRow + row.Key, row.MinBy(cell => cell.Wanted)));
        rowsRead(from.Rows);
        return from.Rows;
    }

    /// <summary>Appends what could not be read to <see cref="CsvTables.Unreadable"/>.</summary>
    public void WriteUnreadable(DuckConnection duck, int file)
    {
        if (_unreadable.Count == 0) return;
        using DuckAppender rows = duck.CreateAppender(CsvTables.Unreadable);
        foreach ((long row, CsvBadCell cell) in _unreadable)
            rows.Append(file).Append(row).Append(columns[cell.Wanted].Name).Append(cell.Text).EndRow();
        rows.Close();
    }

    private void Numbers<T>(DuckBlock to, int column, ReadOnlySpan<T> from) where T : unmanaged, IFloatingPointIeee754<T>
    {
        from.CopyTo(MemoryMarshal.Cast<byte, T>(to.Bytes(column)));
        ulong missing = 0;
        for (int first = 0; first < from.Length; first += 64)
        {
            ReadOnlySpan<T> some = from.Slice(first, Math.Min(64, from.Length - first));
            ulong word = 0;
            for (int i = 0; i < some.Length; i++) word |= (T.IsNaN(some[i]) ? 0ul : 1ul) << i;
            _valid[first >> 6] = word;
            missing |= ~word;
        }

        if (missing != 0) to.SetValidity(column, _valid);
    }

    private static void Integers(DuckBlock to, int column, CsvBlock from)
    {
        Span<long> values = to.Column<long>(column);
        for (int row = 0; row < from.Rows; row++)
            if (!NumberText.TryParseInteger(from.Cell(column, row), out values[row])) to.SetNull(column, row);
    }

    private static void Texts(DuckBlock to, int column, CsvBlock from, bool keepsEmpty)
    {
        for (int row = 0; row < from.Rows; row++)
        {
            ReadOnlySpan<byte> text = from.Cell(column, row);
            if (text.IsEmpty && !keepsEmpty) to.SetNull(column, row);
            else to.SetText(column, row, text);
        }
    }
}
