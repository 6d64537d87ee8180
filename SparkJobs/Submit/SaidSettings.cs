using System.Text.RegularExpressions;
using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Spark's settings that the user gave: on the command line, or in the properties file that spark-submit will read.</summary>
internal sealed partial class SaidSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <param name="flags">spark-submit's, as given; they win over the file.</param>
    /// <param name="propertiesFile">Java's properties format; null: there is none.</param>
    public SaidSettings(IReadOnlyList<string> flags, string? propertiesFile)
    {
        foreach (string line in propertiesFile is null ? [] : Lines(propertiesFile))
            if (Property().Match(line) is { Success: true } found) _values[found.Groups["key"].Value] = found.Groups["value"].Value;
        for (int i = 0; i < flags.Count; i++)
        {
            (string name, string? value) = Halves(flags[i]);
            value ??= i + 1 < flags.Count ? flags[i + 1] : "";
            if (name == "--executor-cores") _values["spark.executor.cores"] = value;
            if (name == "--driver-java-options") _values["spark.driver.extraJavaOptions"] = value;
            if (name == "--conf" && Halves(value) is (string key, string said)) _values[key] = said;
        }
    }

    /// <summary>What was said; null: nothing.</summary>
    public string? this[string key] => _values.GetValueOrDefault(key);

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BatchScoringException(SubmitErrors.SubmitUsage,
                $"Nothing was submitted: the properties file cannot be read. {e.Message}", inner: e);
        }
    }

    private static (string Name, string? Value) Halves(string word) =>
        word.IndexOf('=', StringComparison.Ordinal) is > 0 and int at ? (word[..at], word[(at + 1)..]) : (word, null);

    /// <summary>Key and value stand apart by blanks, an equals sign or a colon; a line that begins with # or ! is a comment.</summary>
    [GeneratedRegex(@"^\s*(?<key>[^\s=:#!][^\s=:]*)(\s*[=:]\s*|\s+)(?<value>.*?)\s*$", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Property();
}
