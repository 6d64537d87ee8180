using BatchScoring.Core;
using BatchScoring.Tables;
using BatchScoring.Tables.Csv;

namespace BatchScoring.SparkJobs.Import;

/// <summary>What names and types alone show to be wrong, before any row is read.</summary>
internal sealed class SourceRules(SourceTable source, ImportOptions options, FeatureKinds features)
{
    /// <summary>Names everything of one kind that is wrong.</summary>
    /// <exception cref="BatchScoringException">Something is.</exception>
    public void Require()
    {
        RequireNames();
        var problems = new List<string>();
        foreach (SourceColumn column in source.Columns)
        {
            bool category = features.IsCategory(column.Name), number = features.IsNumber(column.Name);
            if (column.Name == options.Key) RequireKey(column);
            else if (number && !column.IsText && !column.IsNumber) problems.Add($"{column.Name} is {column.Found}, a number is needed");
            else if (category && !column.IsText && !CanBeCategory(column))
                problems.Add($"{column.Name} is {column.Found}, text or an integer is needed");
            if (column.SqlType is null && !(number && column.IsNumber))
            {
                throw new BatchScoringException(JobErrors.ImportTypesDiffer,
                    $"The column {column.Name} is {column.Found}. Files that are imported together need the same types: deliver one of " +
                    "them again.");
            }
        }

        if (problems.Count == 0) return;
        throw new BatchScoringException(JobErrors.SchemaMismatch,
            $"The columns of {source.Shown} do not fit {(options.LikeModel is null ? "--category" : "the model")}: " +
            $"{string.Join("; ", problems)}.");
    }

    private void RequireNames()
    {
        var present = source.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        IEnumerable<string> wanted = [options.Key, .. options.Label is { } label ? [label] : Array.Empty<string>(), .. options.Categories,
            .. options.Outcomes, .. features.Names];
        string[] missing = [.. wanted.Where(name => !present.Contains(name)).Distinct(StringComparer.Ordinal)];
        if (missing.Length == 0) return;
        throw new BatchScoringException(JobErrors.ColumnsMissing,
            $"{source.Shown} lacks {missing.Length} column(s) that are needed: {string.Join(", ", missing)}. " +
            $"It has: {string.Join(", ", source.Columns.Take(40).Select(column => ShownText.Of(column.Name)))}" +
            $"{(source.Columns.Count > 40 ? ", …" : "")}.{DelimiterHint.Of([.. source.Columns.Select(column => column.Name)])}");
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
}
