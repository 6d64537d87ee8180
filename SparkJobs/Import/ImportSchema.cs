using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Decides what every column becomes, once for all files: the key is text unless all keys are canonical integers; a feature that the model
/// calls numeric is FLOAT; a category keeps its text; everything else stays what it can be read as. What is a number,
/// <see cref="NumberFunctions"/> say.
/// </summary>
internal sealed class ImportSchema(SourceTable source, ImportOptions options, FeatureKinds features)
{
    private Dictionary<string, int> _kinds = [];

    /// <summary>Refuses what the names and types alone show to be wrong; reads no row.</summary>
    public void Require()
    {
        RequireNames();
        var problems = new List<string>();
        foreach (SourceColumn column in source.Columns)
        {
            bool category = features.IsCategory(column.Name), number = features.IsNumber(column.Name);
            if (column.Name == options.Key) RequireKey(column);
            else if (number && !column.IsText && !column.IsNumber) problems.Add($"{column.Name} is {column.Found}, a number is needed");
            else if (category && !column.IsText && !CanBeCategory(column)) problems.Add($"{column.Name} is {column.Found}, text or an integer is needed");
            if (column.SqlType is null && !(number && column.IsNumber))
            {
                throw new BatchScoringException(JobErrors.ImportTypesDiffer,
                    $"The column {column.Name} is {column.Found}. Files that are imported together need the same types: deliver one of them again.");
            }
        }

        if (problems.Count == 0) return;
        throw new BatchScoringException(JobErrors.SchemaMismatch,
            $"The columns of {source.Shown} do not fit {(options.LikeModel is null ? "--category" : "the model")}: {string.Join("; ", problems)}.");
    }

    /// <summary>Decides; texts that may be numbers are looked at, in every row.</summary>
    public IReadOnlyList<ImportColumn> Decide(CancellationToken cancellation)
    {
        _kinds = Kinds([.. source.Columns.Where(column => column.IsText && MayBeNumber(column.Name)).Select(column => column.Name)], cancellation);
        ImportColumn[] columns = [.. source.Columns.Select(Column)];
        if (columns.FirstOrDefault(column => column.Column.Name == options.Label) is { } label && features.NeedsNumericLabel
            && _kinds.GetValueOrDefault(label.Column.Name) == NumberFunctions.Text)
            throw TextLabel(label.Column.Name, cancellation);
        return columns;
    }

    private bool MayBeNumber(string name) => features.IsNumber(name) || (!features.IsCategory(name) && (source.IsText || features.IsOutcome(name)));

    private ImportColumn Column(SourceColumn column)
    {
        string name = column.Name, sql = DuckSql.Identifier(name);
        if (name == options.Key) return Key(column, sql);
        if (features.IsOutcome(name)) return Plain(column, ColumnRole.Label, sql);
        if (features.IsCategory(name)) return Category(column, sql);
        if (features.IsNumber(name)) return Number(column, sql);
        if (!source.IsText || features.AreKnown) return Plain(column, ColumnRole.Feature, sql);
        return _kinds[name] == NumberFunctions.Text ? Category(column, sql) : Number(column, sql);
    }

    private ImportColumn Key(SourceColumn column, string sql)
    {
        string type = column switch
        {
            { IsText: true } when source.IsText => _kinds[column.Name] == NumberFunctions.Integer ? "BIGINT" : "VARCHAR",
            { IsText: true } => "VARCHAR",
            { SqlType: "UBIGINT" } => "UBIGINT",
            { IsInteger: true } => "BIGINT",
            _ => "VARCHAR", // whole decimals
        };
        // An empty text is no key.
        return new ImportColumn(new DatasetColumn(column.Name, type, ColumnRole.Key),
            column.IsText ? $"CAST(nullif({sql}, '') AS {type})" : $"CAST({sql} AS {type})");
    }

    private ImportColumn Number(SourceColumn column, string sql)
    {
        DuckType type = column.AreOne ? column.Types[0].Type.Type : DuckType.Double;
        string expression = type switch
        {
            DuckType.Varchar => $"number_float({sql})",
            DuckType.Float => sql,
            DuckType.Double or DuckType.Decimal or DuckType.HugeInt or DuckType.UHugeInt => $"float32(CAST({sql} AS DOUBLE))",
            _ => $"CAST({sql} AS FLOAT)",
        };
        return new ImportColumn(new DatasetColumn(column.Name, "FLOAT"), expression,
            HoldsText: column.IsText && _kinds[column.Name] == NumberFunctions.Text);
    }

    private ImportColumn Category(SourceColumn column, string sql) => source.IsText
        ? new ImportColumn(new DatasetColumn(column.Name, "VARCHAR", ColumnRole.Category), $"coalesce({sql}, '')")
        : column.IsWholeDecimal
            ? new ImportColumn(new DatasetColumn(column.Name, "VARCHAR", ColumnRole.Category), $"CAST({sql} AS VARCHAR)")
            : new ImportColumn(new DatasetColumn(column.Name, column.SqlType!, ColumnRole.Category), As(column, sql));

    private ImportColumn Plain(SourceColumn column, ColumnRole role, string sql)
    {
        if (!source.IsText) return new ImportColumn(new DatasetColumn(column.Name, column.SqlType!, role), As(column, sql));
        return _kinds[column.Name] switch
        {
            NumberFunctions.Text => new ImportColumn(new DatasetColumn(column.Name, "VARCHAR", role), sql),
            NumberFunctions.Number => new ImportColumn(new DatasetColumn(column.Name, "DOUBLE", role), $"number_double({sql})"),
            _ => new ImportColumn(new DatasetColumn(column.Name, "BIGINT", role), $"number_bigint({sql})"),
        };
    }

    /// <summary>Where the files' types differ, the one that holds them all.</summary>
    private static string As(SourceColumn column, string sql) => column.AreOne ? sql : $"CAST({sql} AS {column.SqlType})";

    /// <summary>The highest kind that a column's texts have; of the key, an empty text has none, and a missing mark is a text.</summary>
    private Dictionary<string, int> Kinds(string[] names, CancellationToken cancellation)
    {
        Dictionary<string, int> kinds = names.ToDictionary(name => name, _ => NumberFunctions.Missing, StringComparer.Ordinal);
        if (names.Length == 0) return kinds;
        IEnumerable<string> highest = names.Select(name => (name, sql: DuckSql.Identifier(name))).Select(column => column.name == options.Key
            ? $"max(CASE WHEN {column.sql} IS NULL OR {column.sql} = '' OR number_kind({column.sql}) = {NumberFunctions.Integer} THEN {NumberFunctions.Integer} ELSE {NumberFunctions.Text} END)"
            : $"max(number_kind({column.sql}))");
        string list = string.Join(", ", highest);
        foreach (SourceFile file in source.Files)
        {
            using DuckResult result = source.Duck.Query($"SELECT {list} FROM {SourceTable.Of(file)}", cancellation);
            object?[] row = result.Rows().Single();
            for (int i = 0; i < names.Length; i++) kinds[names[i]] = Math.Max(kinds[names[i]], Convert.ToInt32(row[i] ?? 0, CultureInfo.InvariantCulture));
        }

        return kinds;
    }

    private void RequireNames()
    {
        var present = source.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> wanted = [options.Key, .. options.Label is { } label ? [label] : Array.Empty<string>(), .. options.Categories, .. options.Outcomes, .. features.Names];
        string[] missing = [.. wanted.Where(name => !present.Contains(name)).Distinct(StringComparer.Ordinal)];
        if (missing.Length == 0) return;
        throw new BatchScoringException(JobErrors.ColumnsMissing,
            $"{source.Shown} lacks {missing.Length} column(s) that are needed: {string.Join(", ", missing)}. " +
            $"It has: {string.Join(", ", source.Columns.Take(40).Select(column => column.Name))}{(source.Columns.Count > 40 ? ", …" : "")}.");
    }

    private static void RequireKey(SourceColumn key)
    {
        if (key.SqlType is null)
        {
            throw new BatchScoringException(JobErrors.ImportTypesDiffer,
                $"The key {key.Name} is {key.Found}: as a number, 0042 is another key than as text. Deliver one of them again.");
        }

        if (key.IsText || key.IsInteger || key.IsWholeDecimal) return;
        throw new BatchScoringException(TableErrors.KeyTypeUnsupported,
            $"The key {key.Name} is {key.Found}; a key is text or a whole number. An integer column with a gap becomes DOUBLE in pandas, where " +
            "long numbers lose their last digits: deliver it as text or as an integer.");
    }

    /// <summary>Floating-point numbers are no categories: nobody knows whether 1 means 1 or 1.0.</summary>
    private static bool CanBeCategory(SourceColumn column) => column.IsInteger || column.IsWholeDecimal || column.SqlType == "BOOLEAN";

    private BatchScoringException TextLabel(string label, CancellationToken cancellation)
    {
        string sql = DuckSql.Identifier(label);
        string where = $"WHERE number_kind({sql}) = {NumberFunctions.Text} LIMIT 1";
        string example = source.Files.Select(file =>
        {
            using DuckResult result = source.Duck.Query($"SELECT {sql} FROM {SourceTable.Of(file)} {where}", cancellation);
            return result.Rows().Select(row => (string)row[0]!).FirstOrDefault();
        }).FirstOrDefault(text => text is not null) ?? "text";
        return new BatchScoringException(JobErrors.LabelNotNumeric,
            $"The label {label} holds '{example}'. The model has one output, so its outcome is a number; of two classes, 0 and 1. Write the label so, and import again.");
    }
}
