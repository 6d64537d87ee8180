using System.Globalization;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>The statement that reads a piece of a table, and which of its columns is what.</summary>
internal sealed class ReadPlan
{
    private readonly List<string> _expressions = [];
    private readonly List<TableColumn> _columns;
    private readonly string _from;

    private ReadPlan(SourceTable table, SplitReadRequest request)
    {
        IReadOnlyList<TableColumn> columns = ColumnFinder.Bind(table, request);
        var wrong = new List<string>();
        for (int i = 0; i < columns.Count; i++)
        {
            ColumnRequest asked = request.Columns[i];
            if (ColumnFinder.Loader(columns[i], i, request) is not { } found)
                wrong.Add($"{columns[i].Name} is {columns[i].ShownType}, it is needed as a {asked.Kind.ToString().ToLowerInvariant()}");
            else Loaders.Add((Select(found.Expression), found.Loader));
        }

        if (wrong.Count > 0) throw ReadingErrors.WrongTypes(table.Shown, wrong);
        if (request.Key is { } name)
        {
            TableColumn column = table.Find(name)!;
            if (column.HasTooManyDigits) throw ReadingErrors.WrongTypes(table.Shown, [$"{name} is {column.ShownType}"]);
            bool native = IsNativeKey(column.Type.Type) && !request.KeyAsText;
            KeyColumn = native ? column.Type : new DuckColumn(name, DuckType.Varchar, "VARCHAR");
            Key = Select(native || column.Type.Type == DuckType.Varchar ? column.Expression : $"CAST({column.Expression} AS VARCHAR)");
        }

        if (table.RowNumber is { } rowNumber) RowNumber = Select(rowNumber);
        if (_expressions.Count == 0) Select("NULL");
        _columns = [.. columns];
        if (request.Key is { } keyName) _columns.Add(table.Find(keyName)!);
        _from = table.From + Where(table, request);
        Sql = $"SELECT {string.Join(", ", _expressions)} FROM {_from}";
    }

    public string Sql { get; }

    /// <summary>What fills the block, with its column of the result.</summary>
    public List<(int Source, ColumnLoader Loader)> Loaders { get; } = [];

    public int? Key { get; }

    public DuckColumn? KeyColumn { get; }

    public int? RowNumber { get; }

    public static ReadPlan Make(SourceTable table, SplitReadRequest request) => new(table, request);

    /// <summary>After the statement has failed: the column that fails alone.</summary>
    /// <returns>Its name in the file; null where each of them can be read.</returns>
    public string? FindFault(DuckConnection connection)
    {
        foreach (TableColumn column in _columns)
        {
            try
            {
                connection.Execute($"SELECT bit_xor(hash({column.Expression})) FROM {_from}");
            }
            catch (DuckDbException e) when (e.Kind != DuckDbErrorKind.Interrupt)
            {
                return column.Name;
            }
        }

        return null;
    }

    private static bool IsNativeKey(DuckType type) => type is DuckType.TinyInt or DuckType.SmallInt or DuckType.Integer or DuckType.BigInt
        or DuckType.UTinyInt or DuckType.USmallInt or DuckType.UInteger or DuckType.UBigInt or DuckType.HugeInt;

    private static string Where(SourceTable table, SplitReadRequest request)
    {
        if (request.FirstRow == 0 && request.Rows is null) return "";
        if (table.RowNumber is not { } number) throw new ArgumentException("Only Parquet can be read in pieces.", nameof(request));
        string sql = string.Create(CultureInfo.InvariantCulture, $" WHERE {number} >= {request.FirstRow}");
        return request.Rows is { } rows
            ? sql + string.Create(CultureInfo.InvariantCulture, $" AND {number} < {request.FirstRow + rows}")
            : sql;
    }

    private int Select(string expression)
    {
        _expressions.Add(expression);
        return _expressions.Count - 1;
    }
}
