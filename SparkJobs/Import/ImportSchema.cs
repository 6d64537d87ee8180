using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Decides what every column becomes, once for all files: the key is text unless all keys are canonical integers; a feature that the model
/// calls numeric is FLOAT; a category keeps its text; everything else stays what it can be read as. What is a number,
/// <see cref="NumberFunctions"/> say.
/// </summary>
internal sealed class ImportSchema(SourceTable source, ImportOptions options, FeatureKinds features)
{
    private Dictionary<string, int> _kinds = [];

    /// <summary>Decides; texts that may be numbers are looked at, in every row.</summary>
    public IReadOnlyList<ImportColumn> Decide(CancellationToken cancellation)
    {
        _kinds = Kinds([.. source.Columns.Where(column => column.IsText && MayBeNumber(column.Name)).Select(column => column.Name)],
            cancellation);
        ImportColumn[] columns = [.. source.Columns.Select(Column)];
        if (columns.FirstOrDefault(column => column.Column.Name == options.Label) is { } label && features.NeedsNumericLabel
            && _kinds.GetValueOrDefault(label.Column.Name) == NumberFunctions.Text)
            throw TextLabel(label.Column.Name, cancellation);
        return columns;
    }

    private bool MayBeNumber(string name) =>
        features.IsNumber(name) || (!features.IsCategory(name) && (source.IsText || features.IsOutcome(name)));

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
            HoldsText: column.IsText && _kinds[column.Name] == NumberFunctions.Text,
            Form: type is >= DuckType.Boolean and <= DuckType.Double ? ColumnForm.Float32 : ColumnForm.Expression);
    }

    private ImportColumn Category(SourceColumn column, string sql) => source.IsText
        ? new ImportColumn(new DatasetColumn(column.Name, "VARCHAR", ColumnRole.Category), $"coalesce({sql}, '')")
        : column.IsWholeDecimal
            ? new ImportColumn(new DatasetColumn(column.Name, "VARCHAR", ColumnRole.Category), $"CAST({sql} AS VARCHAR)")
            : Same(column, ColumnRole.Category, sql);

    private ImportColumn Plain(SourceColumn column, ColumnRole role, string sql)
    {
        if (!source.IsText) return Same(column, role, sql);
        return _kinds[column.Name] switch
        {
            NumberFunctions.Text => new ImportColumn(new DatasetColumn(column.Name, "VARCHAR", role), sql),
            NumberFunctions.Number => new ImportColumn(new DatasetColumn(column.Name, "DOUBLE", role), $"number_double({sql})"),
            _ => new ImportColumn(new DatasetColumn(column.Name, "BIGINT", role), $"number_bigint({sql})"),
        };
    }

    /// <summary>Where the files' types differ, the one that holds them all.</summary>
    private static ImportColumn Same(SourceColumn column, ColumnRole role, string sql) => column.AreOne
        ? new ImportColumn(new DatasetColumn(column.Name, column.SqlType!, role), sql, Form: ColumnForm.Unchanged)
        : new ImportColumn(new DatasetColumn(column.Name, column.SqlType!, role), $"CAST({sql} AS {column.SqlType})");

    /// <summary>The highest kind that a column's texts have; of the key, an empty text has none, and a missing mark is a text.</summary>
    private Dictionary<string, int> Kinds(string[] names, CancellationToken cancellation)
    {
        Dictionary<string, int> kinds = names.ToDictionary(name => name, _ => NumberFunctions.Missing, StringComparer.Ordinal);
        // Each text column takes room for 2,048 texts, however few rows there are: of a wide table some at a time.
        foreach (string[] some in names.Chunk(1000))
        {
            string list = string.Join(", ", some.Select(Highest));
            foreach (SourceFile file in source.Files)
            {
                using DuckResult result = source.Duck.Query($"SELECT {list} FROM {SourceTable.Of(file)}", cancellation);
                object?[] row = result.Rows().Single();
                for (int i = 0; i < some.Length; i++)
                    kinds[some[i]] = Math.Max(kinds[some[i]], Convert.ToInt32(row[i] ?? 0, CultureInfo.InvariantCulture));
            }
        }

        return kinds;
    }

    private string Highest(string name)
    {
        string sql = DuckSql.Identifier(name);
        return name == options.Key
            ? $"max(CASE WHEN {sql} IS NULL OR {sql} = '' OR number_kind({sql}) = {NumberFunctions.Integer} " +
              $"THEN {NumberFunctions.Integer} ELSE {NumberFunctions.Text} END)"
            : $"max(number_kind({sql}))";
    }

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
            $"The label {label} holds '{example}'. The model has one output, so its outcome is a number; of two classes, 0 and 1. Write " +
            "the label so, and import again.");
    }
}
