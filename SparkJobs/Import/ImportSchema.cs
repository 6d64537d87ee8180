using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Decides what every column becomes, once for all files: the key is text unless all keys are canonical integers; a feature that the model
/// calls numeric is FLOAT; a category keeps its text; everything else stays what it can be read as. What is a number,
/// <see cref="NumberText"/> says.
/// </summary>
internal sealed class ImportSchema(SourceTable source, ImportOptions options, FeatureKinds features)
{
    private TextKinds _kinds = new();

    /// <summary>Decides; texts that may be numbers are looked at, in every row.</summary>
    /// <param name="rowsRead">Is told of rows of CSV.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IReadOnlyList<ImportColumn> Decide(Action<long> rowsRead, CancellationToken cancellation)
    {
        string[] texts = [.. source.Columns.Where(column => column.IsText && NeedsKind(column.Name)).Select(column => column.Name)];
        _kinds = source.Kinds(texts, options.Key, rowsRead, cancellation);
        ImportColumn[] columns = [.. source.Columns.Select(Column)];
        if (options.Label is { } label && features.NeedsNumericLabel && _kinds[label] == TextKind.Text) throw TextLabel(label);
        return columns;
    }

    /// <summary>Of a number in CSV it is not asked: what cannot be read shows when it is read.</summary>
    private bool NeedsKind(string name) => source.IsText
        ? !features.IsCategory(name) && !features.IsNumber(name)
        : features.IsNumber(name) || (!features.IsCategory(name) && features.IsOutcome(name));

    private ImportColumn Column(SourceColumn column)
    {
        string name = column.Name, sql = DuckSql.Identifier(name);
        if (name == options.Key) return Key(column, sql);
        if (features.IsOutcome(name)) return Plain(column, ColumnRole.Label, sql);
        if (features.IsCategory(name)) return Category(column, sql);
        if (features.IsNumber(name)) return Number(column, sql);
        if (!source.IsText || features.AreKnown) return Plain(column, ColumnRole.Feature, sql);
        return _kinds[name] == TextKind.Text ? Category(column, sql) : Number(column, sql);
    }

    private ImportColumn Key(SourceColumn column, string sql)
    {
        if (source.IsText) return Staged(column.Name, _kinds[column.Name] == TextKind.Integer ? "BIGINT" : "VARCHAR", ColumnRole.Key);
        string type = column switch
        {
            // Beyond 63 bits not every reader of the scores takes a number; as text every digit stays.
            { SqlType: "UBIGINT" } => source.FitsLong(column.Name) ? "BIGINT" : "VARCHAR",
            { IsInteger: true } => "BIGINT",
            _ => "VARCHAR", // texts and whole decimals
        };
        // An empty text is no key.
        return new ImportColumn(new DatasetColumn(column.Name, type, ColumnRole.Key),
            column.IsText ? $"CAST(nullif({sql}, '') AS {type})" : $"CAST({sql} AS {type})");
    }

    private ImportColumn Number(SourceColumn column, string sql)
    {
        if (source.IsText) return Staged(column.Name, "FLOAT", ColumnRole.Feature);
        DuckType type = column.AreOne ? column.Types[0].Type.Type : DuckType.Double;
        string expression = type switch
        {
            DuckType.Varchar => $"number_float({sql})",
            DuckType.Float => sql,
            DuckType.Double or DuckType.Decimal or DuckType.HugeInt or DuckType.UHugeInt => $"float32(CAST({sql} AS DOUBLE))",
            _ => $"CAST({sql} AS FLOAT)",
        };
        return new ImportColumn(new DatasetColumn(column.Name, "FLOAT"), expression,
            HoldsText: column.IsText && _kinds[column.Name] == TextKind.Text,
            Form: type is >= DuckType.Boolean and <= DuckType.Double ? ColumnForm.Float32 : ColumnForm.Expression);
    }

    private ImportColumn Category(SourceColumn column, string sql) => source.IsText
        ? Staged(column.Name, "VARCHAR", ColumnRole.Category)
        : column.IsWholeDecimal
            ? new ImportColumn(new DatasetColumn(column.Name, "VARCHAR", ColumnRole.Category), $"CAST({sql} AS VARCHAR)")
            : Same(column, ColumnRole.Category, sql);

    private ImportColumn Plain(SourceColumn column, ColumnRole role, string sql) => !source.IsText
        ? Same(column, role, sql)
        : Staged(column.Name, _kinds[column.Name] switch
        {
            TextKind.Text => "VARCHAR",
            TextKind.Number => "DOUBLE",
            _ => "BIGINT",
        }, role);

    /// <summary>CSV is of the right type from the first time that it is written down.</summary>
    private static ImportColumn Staged(string name, string type, ColumnRole role) =>
        new(new DatasetColumn(name, type, role), DuckSql.Identifier(name), Form: ColumnForm.Unchanged);

    /// <summary>Where the files' types differ, the one that holds them all.</summary>
    private static ImportColumn Same(SourceColumn column, ColumnRole role, string sql) => column.AreOne
        ? new ImportColumn(new DatasetColumn(column.Name, column.SqlType!, role), sql, Form: ColumnForm.Unchanged)
        : new ImportColumn(new DatasetColumn(column.Name, column.SqlType!, role), $"CAST({sql} AS {column.SqlType})");

    private BatchScoringException TextLabel(string label) => new(JobErrors.LabelNotNumeric,
        $"The label {label} holds '{_kinds.Example(label)}'. The model has one output, so its outcome is a number; of two classes, 0 and " +
        "1. Write the label so, and import again.");
}
