using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.Import;

/// <summary>The names of a file's columns as they stand in it. DuckDB, Spark and SQL do not tell upper from lower case; names do.</summary>
internal static class SourceNames
{
    /// <summary>Row number within its file, from 0. DuckDB's own name, which cannot be chosen.</summary>
    public const string Row = "file_row_number";

    /// <summary>The top-level columns of a Parquet file. Not DuckDB's names for them: it renames what it takes for the same.</summary>
    public static IReadOnlyList<string> OfParquet(DuckConnection duck, string path, CancellationToken cancellation)
    {
        using DuckResult result =
            duck.Query($"SELECT name, coalesce(num_children, 0) FROM parquet_schema({DuckSql.File(path)})", cancellation);
        var names = new List<string>();
        long below = 0; // elements that are still to come below the column at hand
        foreach (object?[] element in result.Rows().Skip(1))
        {
            long children = Convert.ToInt64(element[1], System.Globalization.CultureInfo.InvariantCulture);
            if (below == 0) names.Add((string?)element[0] ?? "");
            below = (below == 0 ? 0 : below - 1) + children;
        }

        return names;
    }

    /// <summary>Refuses names that cannot be told apart, or that are needed while rows are read.</summary>
    public static void Require(string file, IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => name.Contains('\0')) is { } binary)
        {
            throw new BatchScoringException(JobErrors.ImportUnreadable,
                $"{file} cannot be read: the name of column {names.ToList().IndexOf(binary) + 1} holds U+0000, as in UTF-16 without a " +
                "mark. UTF-8 is needed.");
        }

        if (names.FirstOrDefault(name => name.Equals(Row, StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            throw new BatchScoringException(JobErrors.ImportColumnReserved,
                $"{file} has a column {taken}; rows are numbered under that name while they are read. Rename the column.");
        }

        string[][] clashes = [.. names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1).Select(group => group.ToArray())];
        if (clashes.Length == 0) return;
        throw new BatchScoringException(JobErrors.ImportNamesClash,
            $"{file} has columns whose names are the same but for upper and lower case: " +
            $"{string.Join("; ", clashes.Take(10).Select(names => string.Join(", ", names)))}. " +
            "SQL cannot tell them apart; rename them.");
    }

    /// <summary>What people should know about the names.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<string> names)
    {
        int nameless = names.Count(name => name.Length == 0);
        if (nameless > 0) yield return $"{nameless} column(s) without a name were left out, the first at place " +
            $"{names.ToList().IndexOf("") + 1}.";
        string[] hidden = [.. names.Where(name =>
            name.Equals("run_date", StringComparison.OrdinalIgnoreCase) || name.Equals("revision", StringComparison.OrdinalIgnoreCase))];
        if (hidden.Length > 0)
        {
            yield return $"The column(s) {string.Join(", ", hidden)} are called as the layout's folders run_date= and revision= are: " +
                "Spark, Hive and " +
                "DuckDB's hive partitioning show the folder's value in their place. Rename them if they are to be seen there.";
        }
    }
}
