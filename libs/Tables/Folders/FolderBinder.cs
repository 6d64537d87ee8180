using System.Globalization;
using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>Holds the columns of a table against those of its files, and says what of a file is not simply what it holds.</summary>
/// <param name="duck">Names the types of columns.</param>
/// <param name="table">The table.</param>
public sealed partial class FolderBinder(DuckConnection duck, FolderTable table)
{
    private static readonly string[] _integers = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT"];

    private readonly ParquetShapes _shapes = new();
    private readonly SortedSet<string> _contradicted = new(StringComparer.Ordinal);

    /// <summary>Columns of plain files that stand both in a file and in the names of its folders, where nobody said which counts.</summary>
    public IReadOnlyCollection<string> Contradicted => _contradicted;

    /// <summary>The file with the columns that it does not simply hold.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Where it lies here, with its footer.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_COLUMN_TYPE</c>: a column of it cannot become the table's without loss;
    /// <c>INPUT_CORRUPT</c>; <c>INPUT_COLUMN_NAMES</c>.</exception>
    public InputFile Bind(FolderFile file, string path, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (table.Columns.Count == 0 && file.Partitions.Count == 0) return file.File;
        try
        {
            ParquetShape shape = _shapes.Read(duck, path, file.File.Key, cancellation);
            if (file.RemovedRows is [.., var last] && last >= shape.RowGroups.Sum())
                throw DeltaErrors.Damaged(file.File.Key, $"its deletion vector names row {last}, and it has {shape.RowGroups.Sum()} rows.");
            if (!table.HasLog)
            {
                _contradicted.UnionWith(shape.Columns.Select(column => column.Name)
                    .Where(name => file.Partitions.ContainsKey(name) && !table.Columns.Any(column => column.Name == name)));
            }

            IReadOnlyDictionary<long, string> ids = table.Columns.Any(column => column.FieldId is not null)
                ? FieldIds(path, cancellation)
                : new Dictionary<long, string>();
            return file.File with { Columns = [.. table.Columns.Select(column => Bind(column, file, shape, ids)).OfType<InputColumn>()] };
        }
        catch (DuckDbException e) when (!e.BlamesMachine)
        {
            throw InputErrors.Unreadable(e, file.File.Key, path);
        }
    }

    private InputColumn? Bind(FolderColumn column, FolderFile file, ParquetShape shape, IReadOnlyDictionary<long, string> ids)
    {
        if (column.IsPartition)
        {
            string? value = file.Partitions.GetValueOrDefault(column.InFiles);
            if (value is not null && !IsOf(value, column.Type)) throw PartitionValue(file.File.Key, column, value);
            return new InputColumn { Name = column.Name, Value = value, Type = column.Type ?? "VARCHAR" };
        }

        string? name = column.FieldId is { } id ? ids.GetValueOrDefault(id) : column.InFiles;
        DuckColumn? found = name is null ? null : shape.Columns.FirstOrDefault(it => it.Name == name)
            ?? shape.Columns.FirstOrDefault(it => it.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (found is null) return new InputColumn { Name = column.Name, Type = column.Type ?? "VARCHAR" };
        string? wider = column.Type is null || IsRead(found.SqlType, column.Type) ? null : column.Type;
        if (wider is not null && !Widens(found.SqlType, wider))
        {
            throw new BatchScoringException(TableErrors.InputColumnType,
                $"The column {ShownText.Of(column.Name)} is {wider} in the table and {found.SqlType} in {file.File.Key}, which does not become "
                + "that without loss (typeWidening). Have the file written anew.");
        }

        return wider is null && found.Name == column.Name ? null
            : new InputColumn { Name = column.Name, FileColumn = found.Name, Type = wider };
    }

    private static BatchScoringException PartitionValue(string file, FolderColumn column, string value) => DeltaErrors.Damaged(file,
        $"its value '{ShownText.Of(value)}' of the partition column {ShownText.Of(column.Name)} is no {column.Type}.");

    /// <summary>Texts and times are read as they are: what annotates them differs between writers.</summary>
    private static bool IsRead(string file, string table) => file == table
        || (file is "VARCHAR" or "BLOB" && table is "VARCHAR" or "BLOB")
        || (file.StartsWith("TIMESTAMP", StringComparison.Ordinal) && table.StartsWith("TIMESTAMP", StringComparison.Ordinal));

    /// <summary>Whether every value of a type is one of the other.</summary>
    private static bool Widens(string from, string to)
    {
        int narrow = Array.IndexOf(_integers, from), wide = Array.IndexOf(_integers, to);
        if (narrow >= 0 && wide >= 0) return narrow <= wide;
        if (to == "DOUBLE") return from is "FLOAT" or "DOUBLE" || narrow is >= 0 and <= 2;
        if (to.StartsWith("TIMESTAMP", StringComparison.Ordinal)) return from == "DATE" && to == "TIMESTAMP";
        if (Digits(to) is not var (toAll, toBehind)) return false;
        (int All, int Behind)? digits = narrow >= 0 ? (narrow switch { 0 => 3, 1 => 5, 2 => 10, _ => 19 }, 0) : Digits(from);
        return digits is var (all, behind) && toBehind >= behind && toAll - toBehind >= all - behind;
    }

    /// <summary>The narrowest type of both, or DOUBLE, that holds every value of both; null where there is none.</summary>
    /// <param name="one">A type as DuckDB spells it.</param>
    /// <param name="other">Another one.</param>
    public static string? Wider(string one, string other) => one == other || Widens(other, one) ? one
        : Widens(one, other) ? other
        : Widens(one, "DOUBLE") && Widens(other, "DOUBLE") ? "DOUBLE" : null;

    private static (int All, int Behind)? Digits(string type) => Decimal().Match(type) is { Success: true } found
        ? (int.Parse(found.Groups["all"].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(found.Groups["behind"].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    private static bool IsOf(string value, string? type) => type switch
    {
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) && type switch
            {
                "TINYINT" => whole is >= sbyte.MinValue and <= sbyte.MaxValue,
                "SMALLINT" => whole is >= short.MinValue and <= short.MaxValue,
                "INTEGER" => whole is >= int.MinValue and <= int.MaxValue,
                _ => true,
            },
        "FLOAT" or "DOUBLE" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "BOOLEAN" => value is "true" or "false",
        "DATE" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE" =>
            DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ when type is not null && Digits(type) is not null =>
            decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        _ => !value.Contains('\0', StringComparison.Ordinal),
    };

    private IReadOnlyDictionary<long, string> FieldIds(string path, CancellationToken cancellation)
    {
        using DuckResult result = duck.Query(
            $"SELECT name, field_id FROM parquet_schema({DuckSql.File(path)}) WHERE field_id IS NOT NULL", cancellation);
        Dictionary<long, string> ids = [];
        foreach (object?[] row in result.Rows())
            ids.TryAdd(Convert.ToInt64(row[1], CultureInfo.InvariantCulture), (string)row[0]!);
        return ids;
    }

    [GeneratedRegex(@"^DECIMAL\((?<all>\d+),(?<behind>\d+)\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();
}
