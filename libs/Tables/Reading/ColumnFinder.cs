using System.Globalization;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>Finds the file's column for each one that is asked for, and how to read it.</summary>
internal static class ColumnFinder
{
    private const int ExactDigits = 15;

    /// <summary>The file's column for each one of the request.</summary>
    /// <exception cref="Core.BatchScoringException">Columns are missing: all are named at once.</exception>
    public static IReadOnlyList<TableColumn> Bind(SourceTable table, SplitReadRequest request)
    {
        var byName = new Dictionary<string, TableColumn>(StringComparer.Ordinal);
        foreach (TableColumn column in table.Columns) byName.TryAdd(column.Name, column);
        IEnumerable<string> needed = request.Columns.Select(asked => asked.Name);
        if (request.Key is { } key) needed = needed.Prepend(key);
        var missing = needed.Where(name => !byName.ContainsKey(name)).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0) throw ReadingErrors.Missing(table.Shown, missing, [.. table.Columns.Select(column => column.Name)]);
        if (table.Columns.GroupBy(column => column.Name, StringComparer.Ordinal)
            .FirstOrDefault(same => same.Count() > 1 && needed.Contains(same.Key, StringComparer.Ordinal)) is { } twice)
            throw ReadingErrors.NameTwice(table.Shown, twice.Key);
        return [.. request.Columns.Select(asked => byName[asked.Name])];
    }

    /// <summary>What to select of the column, and what to make of it.</summary>
    /// <param name="column">The file's column.</param>
    /// <param name="place">Its place in the request.</param>
    /// <param name="request">What is asked for.</param>
    /// <returns>Null when a column of this type cannot be what is asked for.</returns>
    public static (string Expression, ColumnLoader Loader)? Loader(TableColumn column, int place, SplitReadRequest request) =>
        column.HasTooManyDigits ? null
        : request.Columns[place].Kind == ColumnKind.Number
            ? Number(column, place)
            : Category(column, place, request.Columns[place].RequiredEncoder);

    private static (string Expression, ColumnLoader Loader)? Number(TableColumn column, int place) => column.Type.Type switch
    {
        DuckType.Float => (column.Expression, new FloatColumn(column.Name, place)),
        DuckType.Double => (column.Expression, new DoubleColumn(column.Name, place)),
        DuckType.Boolean or DuckType.TinyInt or DuckType.SmallInt or DuckType.Integer or DuckType.BigInt or DuckType.UTinyInt
            or DuckType.USmallInt or DuckType.UInteger or DuckType.UBigInt or DuckType.HugeInt or DuckType.UHugeInt =>
            (Cast(column, "FLOAT"), new FloatColumn(column.Name, place)),
        // To double, correctly rounded, and then to float, as frames of Python have it. DuckDB's cast divides once, which is exact up to 15
        // digits; beyond them the text is.
        DuckType.Decimal when DecimalDigits(column) <= ExactDigits => (Cast(column, "DOUBLE"), new DoubleColumn(column.Name, place)),
        DuckType.Decimal => (Cast(column, "VARCHAR"), new TextNumberColumn(column.Name, place)),
        DuckType.Varchar or DuckType.Blob => (column.Expression, new TextNumberColumn(column.Name, place)),
        DuckType.Enum => (Cast(column, "VARCHAR"), new TextNumberColumn(column.Name, place)),
        _ => null,
    };

    private static (string Expression, ColumnLoader Loader)? Category(TableColumn column, int place, IColumnEncoder encoder) =>
        column.Type.Type switch
        {
            // Texts without an annotation, as Impala and old Hive and Spark write them: the bytes are the text.
            DuckType.Varchar or DuckType.Blob => (column.Expression, new TextCategoryColumn(column.Name, place, encoder)),
            DuckType.Decimal => (Cast(column, "VARCHAR"), new DecimalCategoryColumn(column.Name, place, encoder)),
            DuckType.Enum or DuckType.UBigInt or DuckType.HugeInt or DuckType.UHugeInt =>
                (Cast(column, "VARCHAR"), new TextCategoryColumn(column.Name, place, encoder)),
            DuckType.Boolean or DuckType.TinyInt or DuckType.SmallInt or DuckType.Integer or DuckType.BigInt or DuckType.UTinyInt
                or DuckType.USmallInt or DuckType.UInteger => (Cast(column, "BIGINT"), new IntegerCategoryColumn(column.Name, place, encoder)),
            DuckType.Float or DuckType.Double => (Cast(column, "DOUBLE"), new FloatingCategoryColumn(column.Name, place)),
            _ => null,
        };

    /// <summary>DECIMAL(14,2) has 14.</summary>
    private static int DecimalDigits(TableColumn column) =>
        int.Parse(column.Type.SqlType.AsSpan()["DECIMAL(".Length..column.Type.SqlType.IndexOf(',', StringComparison.Ordinal)],
            NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Cast(TableColumn column, string type) => $"CAST({column.Expression} AS {type})";
}
