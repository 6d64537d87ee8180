using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Decides what every column becomes: the key is text unless all keys are canonical integers; a feature that the model calls numeric is
/// FLOAT, read from its text straight to 32 bits; a category keeps its text; everything else stays what it can be read as.
/// </summary>
internal sealed class ImportSchema(SourceTable source, ImportOptions options)
{
    /// <summary>What CatBoost reads as missing in a number's place; an empty field is null already.</summary>
    private static readonly string[] MissingMarkers =
    [
        "", "-", "NA", "Na", "na", "nan", "NaN", "NAN", "#NA", "N/A", "n/a", "#N/A", "-NaN", "-nan", "NULL", "null", "Null", "none",
        "None", "#N/A N/A", "-1.#IND", "-1.#QNAN", "1.#IND", "1.#QNAN",
    ];

    public IReadOnlyList<ImportColumn> Decide(CancellationToken cancellation)
    {
        CatBoostModel? model = options.LikeModel is { } path ? ModelFile.Load(path).Model : null;
        var kinds = model?.Inputs.ToDictionary(input => input.Name, input => input.Kind, StringComparer.Ordinal);
        RefuseMissing(model);
        var plain = source.Columns.Select(column => column.Name)
            .Where(name => name == options.Key || name == options.Label || options.Outcomes.Contains(name, StringComparer.Ordinal) || (kinds is null ? !IsCategory(name) : !kinds.ContainsKey(name) && !IsCategory(name)))
            .ToHashSet(StringComparer.Ordinal);
        Dictionary<string, string> narrowest = source.IsText ? Narrowest([.. plain], cancellation) : [];
        return [.. source.Columns.Select(column => Column(column, kinds, narrowest))];
    }

    private bool IsCategory(string name) => options.Categories.Contains(name, StringComparer.Ordinal);

    private ImportColumn Column(DuckColumn column, Dictionary<string, ModelInputKind>? kinds, Dictionary<string, string> narrowest)
    {
        string name = column.Name, sql = DuckSql.Identifier(name);
        ModelInputKind? kind = kinds is not null && kinds.TryGetValue(name, out ModelInputKind known) ? known : null;
        if (name == options.Key) return Key(column, narrowest);
        if (name == options.Label || options.Outcomes.Contains(name, StringComparer.Ordinal)) return Plain(column, ColumnRole.Label, narrowest);
        if (kind == ModelInputKind.Categorical || IsCategory(name)) return Category(column);
        if (kind == ModelInputKind.Numeric) return Number(column);
        if (!source.IsText || kinds is not null) return Plain(column, ColumnRole.Feature, narrowest);
        return narrowest[name] == "VARCHAR" ? Category(column) : Number(column);

        ImportColumn Number(DuckColumn _) => source.IsText
            ? new ImportColumn(new DatasetColumn(name, "FLOAT"), $"CASE WHEN {IsMissing(sql)} THEN NULL ELSE TRY_CAST({sql} AS FLOAT) END",
                $"NOT ({IsMissing(sql)}) AND TRY_CAST({sql} AS FLOAT) IS NULL")
            : new ImportColumn(new DatasetColumn(name, "FLOAT"), $"TRY_CAST({sql} AS FLOAT)", $"{sql} IS NOT NULL AND TRY_CAST({sql} AS FLOAT) IS NULL");

        ImportColumn Category(DuckColumn found) => source.IsText
            ? new ImportColumn(new DatasetColumn(name, "VARCHAR", ColumnRole.Category), $"coalesce({sql}, '')")
            : new ImportColumn(new DatasetColumn(name, found.SqlType, ColumnRole.Category), sql);
    }

    private ImportColumn Key(DuckColumn column, Dictionary<string, string> narrowest)
    {
        string sql = DuckSql.Identifier(column.Name);
        bool integer = source.IsText ? narrowest[column.Name] == "BIGINT" : column.SqlType.EndsWith("INT", StringComparison.Ordinal) || column.SqlType == "INTEGER";
        return new ImportColumn(new DatasetColumn(column.Name, integer ? "BIGINT" : "VARCHAR", ColumnRole.Key), $"CAST({sql} AS {(integer ? "BIGINT" : "VARCHAR")})");
    }

    private ImportColumn Plain(DuckColumn column, ColumnRole role, Dictionary<string, string> narrowest)
    {
        string sql = DuckSql.Identifier(column.Name);
        if (!source.IsText) return new ImportColumn(new DatasetColumn(column.Name, column.SqlType, role), sql);
        string type = narrowest[column.Name];
        return new ImportColumn(new DatasetColumn(column.Name, type, role),
            type == "VARCHAR" ? sql : $"CASE WHEN {IsMissing(sql)} THEN NULL ELSE CAST({sql} AS {type}) END");
    }

    /// <summary>BIGINT when every text is a canonical integer, DOUBLE when every text is a number, VARCHAR otherwise.</summary>
    private Dictionary<string, string> Narrowest(IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        IEnumerable<string> tests = columns.Select(DuckSql.Identifier).Select(sql =>
            $"CASE WHEN bool_and({IsMissing(sql)} OR regexp_full_match({sql}, '0|-?[1-9][0-9]{{0,17}}')) THEN 'BIGINT' " +
            $"WHEN bool_and({IsMissing(sql)} OR TRY_CAST({sql} AS DOUBLE) IS NOT NULL) THEN 'DOUBLE' ELSE 'VARCHAR' END");
        using DuckResult result = source.Duck.Query($"SELECT {string.Join(", ", tests)} FROM {source.All()}", cancellation);
        object?[] row = result.Rows().Single();
        return columns.Select((name, i) => (name, type: (string)row[i]!)).ToDictionary(pair => pair.name, pair => pair.type, StringComparer.Ordinal);
    }

    private void RefuseMissing(CatBoostModel? model)
    {
        var present = source.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> wanted = [options.Key, .. options.Label is { } label ? [label] : Array.Empty<string>(), .. options.Categories, .. options.Outcomes,
            .. model?.Inputs.Select(input => input.Name) ?? []];
        string[] missing = [.. wanted.Where(name => !present.Contains(name)).Distinct(StringComparer.Ordinal)];
        if (missing.Length == 0) return;
        throw new BatchScoringException(JobErrors.ColumnsMissing,
            $"{string.Join(", ", options.Files)} lacks {missing.Length} column(s) that are needed: {string.Join(", ", missing)}. " +
            $"It has: {string.Join(", ", source.Columns.Take(40).Select(column => column.Name))}{(source.Columns.Count > 40 ? ", …" : "")}.");
    }

    /// <summary>Not <c>IN</c>: DuckDB makes a join of a long list, and hundreds of columns would be hundreds of joins.</summary>
    private static string IsMissing(string sql) =>
        $"{sql} IS NULL OR list_contains([{string.Join(", ", MissingMarkers.Select(DuckSql.Literal))}], {sql})";
}
