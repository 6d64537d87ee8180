using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>The files to score, in the order in which their rows are answered.</summary>
/// <param name="Files">One CSV file, or Parquet files in the order of their names' bytes.</param>
/// <param name="IsText">True for CSV.</param>
internal sealed record PredictInput(IReadOnlyList<string> Files, bool IsText)
{
    /// <summary>Finds them.</summary>
    /// <exception cref="Core.BatchScoringException">There is none.</exception>
    public static PredictInput Find(string input)
    {
        if (File.Exists(input)) return One(input);
        string pattern = Directory.Exists(input) ? Path.Combine(Escape(input), "**", "*.parquet") : input;
        if (!Directory.Exists(input) && input.AsSpan().IndexOfAny('*', '?', '[') < 0) throw PredictErrors.NoInput(input);
        var files = Glob(pattern).Where(file => !IsHidden(input, file)).ToList();
        if (files.Count == 0) throw PredictErrors.NoInput(input);
        files.Sort(CompareBytes);
        if (files.Count == 1) return One(files[0]);
        if (files.Find(file => !file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase)) is { } other)
            throw PredictErrors.Usage($"{input} names {files.Count} files, among them {other}: several files must all be Parquet.");
        return new PredictInput(files, IsText: false);
    }

    private static PredictInput One(string file)
    {
        string name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".PARQUET" when name == file => new PredictInput([file], IsText: false),
            ".CSV" or ".TSV" => new PredictInput([file], IsText: true),
            _ => throw PredictErrors.Usage($"The input {file} ends in '{Path.GetExtension(file)}'; predict reads .parquet, and .csv and .tsv, plain or packed by gzip (.csv.gz)."),
        };
    }

    private static List<string> Glob(string pattern)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query("SELECT file FROM glob(?)", pattern);
        return [.. result.Rows().Select(row => (string)row[0]!)];
    }

    private static string Escape(string folder) => string.Concat(folder.Select(letter => letter is '*' or '?' or '[' ? $"[{letter}]" : letter.ToString()));

    /// <summary>As Spark and Hive do: what starts with _ or . is no data.</summary>
    private static bool IsHidden(string input, string file) => Path.GetRelativePath(Directory.Exists(input) ? input : ".", file)
        .Split('/').Any(name => name.StartsWith('_') || (name.StartsWith('.') && name is not ("." or "..")));

    /// <summary>The order of the names' UTF-8 bytes.</summary>
    private static int CompareBytes(string left, string right) =>
        System.Text.Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(right));
}
