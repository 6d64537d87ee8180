using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.Collect.Sheets;

/// <summary>
/// Rows of SQL as cells of a spreadsheet. Keys and texts are texts; numbers are numbers with all of their digits; whole numbers beyond
/// 2^53, which a spreadsheet would round, are texts, as are decimals of more than 15 digits, times and whatever else it has no cell for.
/// Nothing (NULL) is an empty cell; what is no finite number is the text NaN, Infinity or -Infinity.
/// </summary>
internal sealed partial class SheetRows : IDisposable
{
    private const long MostExact = 1L << 53;
    private const int MostDecimalDigits = 15;
    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private readonly DuckResult _result;
    private DuckChunk? _chunk;
    private int _row;
    private long _read;

    /// <param name="duck">Where to run it.</param>
    /// <param name="select">The rows.</param>
    /// <param name="keys">Columns that are texts whatever their type is.</param>
    /// <param name="cancellation">Ends it.</param>
    public SheetRows(DuckConnection duck, string select, HashSet<string> keys, CancellationToken cancellation)
    {
        using (DuckResult types = duck.Query($"SELECT * FROM ({select}) LIMIT 0", cancellation))
        {
            string columns = string.Join(", ", types.Columns.Select(column => Cast(column, keys.Contains(column.Name))));
            select = $"SELECT {columns} FROM ({select})";
        }

        _result = duck.Query(select, cancellation);
    }

    public int Columns => _result.Columns.Count;

    /// <summary>The columns' names.</summary>
    public void WriteHeader(ICells cells)
    {
        foreach (DuckColumn column in _result.Columns) cells.Text(Encoding.UTF8.GetBytes(column.Name));
        cells.EndRow();
    }

    /// <summary>The next rows.</summary>
    /// <param name="cells">Where to.</param>
    /// <param name="most">As many at most.</param>
    /// <param name="mostLetters">The longest text that a cell takes, in UTF-16 units.</param>
    /// <exception cref="BatchScoringException"><c>SPREADSHEET_LIMIT</c>.</exception>
    public void Write(ICells cells, long most, int mostLetters = int.MaxValue)
    {
        for (long end = _read + most; _read < end; _read++, _row++)
        {
            if (_chunk is null || _row == _chunk.Rows) (_chunk, _row) = (_result.NextChunk(), 0);
            if (_chunk is null) return;
            for (int column = 0; column < _chunk.ColumnCount; column++) WriteCell(_chunk[column], cells, mostLetters);
            cells.EndRow();
        }
    }

    public void Dispose() => _result.Dispose();

    private static string Cast(DuckColumn column, bool isKey)
    {
        string name = DuckSql.Identifier(column.Name);
        string? type = column.Type switch
        {
            _ when isKey => "VARCHAR",
            DuckType.Boolean or DuckType.Float or DuckType.Double or DuckType.Date or DuckType.BigInt or DuckType.UBigInt
                or DuckType.Varchar => null,
            DuckType.TinyInt or DuckType.SmallInt or DuckType.Integer or DuckType.UTinyInt or DuckType.USmallInt
                or DuckType.UInteger => "BIGINT",
            DuckType.Decimal when DigitsOf(column.SqlType) <= MostDecimalDigits => "DOUBLE",
            _ => "VARCHAR",
        };
        return type is null ? name : $"CAST({name} AS {type}) AS {name}";
    }

    /// <summary>Of <c>DECIMAL(10,2)</c> the 10.</summary>
    private static int DigitsOf(string type) => int.Parse(Digits().Match(type).Value, CultureInfo.InvariantCulture);

    private void WriteCell(DuckVector vector, ICells cells, int mostLetters)
    {
        if (vector.IsNull(_row))
        {
            cells.Empty();
            return;
        }

        switch (vector.Column.Type)
        {
            case DuckType.Varchar: WriteText(vector, cells, mostLetters); break;
            case DuckType.Double when vector.Values<double>()[_row] is var number && double.IsFinite(number): cells.Number(number); break;
            case DuckType.Float when vector.Values<float>()[_row] is var number && float.IsFinite(number): cells.Number(number); break;
            case DuckType.BigInt when vector.Values<long>()[_row] is >= -MostExact and <= MostExact and var whole:
                cells.Number(whole); break;
            case DuckType.UBigInt when vector.Values<ulong>()[_row] is <= MostExact and var whole: cells.Number((long)whole); break;
            case DuckType.Boolean: cells.Truth(vector.Values<bool>()[_row]); break;
            case DuckType.Date when vector.Values<int>()[_row] + (long)Epoch is >= 0 and var day && day <= DateOnly.MaxValue.DayNumber:
                cells.Day(DateOnly.FromDayNumber((int)day)); break;
            default: cells.Text(Encoding.UTF8.GetBytes(PlainText(vector))); break;
        }
    }

    /// <summary>What a spreadsheet cannot take as the number or date that it is.</summary>
    private string PlainText(DuckVector vector) => vector.Column.Type switch
    {
        DuckType.Double => vector.Values<double>()[_row].ToString(CultureInfo.InvariantCulture),
        DuckType.Float => vector.Values<float>()[_row].ToString(CultureInfo.InvariantCulture),
        DuckType.BigInt => vector.Values<long>()[_row].ToString(CultureInfo.InvariantCulture),
        DuckType.UBigInt => vector.Values<ulong>()[_row].ToString(CultureInfo.InvariantCulture),
        _ => $"day {vector.Values<int>()[_row]} after 1970-01-01",
    };

    private void WriteText(DuckVector vector, ICells cells, int mostLetters)
    {
        ReadOnlySpan<byte> text = vector.Text(_row);
        if (text.Length > mostLetters && Encoding.UTF8.GetCharCount(text) is var letters && letters > mostLetters)
        {
            throw new BatchScoringException(JobErrors.SpreadsheetLimit, string.Create(CultureInfo.InvariantCulture,
                $"Row {_read + 1} has a text of {letters:N0} letters in '{vector.Column.Name}'; a workbook's cell takes {mostLetters:N0}. ") +
                "Nothing was written; collect to .csv or .parquet.");
        }

        cells.Text(text);
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
