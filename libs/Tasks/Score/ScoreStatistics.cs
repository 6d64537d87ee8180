using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Tasks;

/// <summary>
/// What a score task tells about its scores: <see cref="Core.TaskResult.Statistics"/>. Those of all splits add up.
/// </summary>
/// <param name="Columns">One entry per score column, in their order.</param>
public sealed record ScoreStatistics(IReadOnlyList<ScoreColumnStatistics> Columns)
{
    /// <summary>Rows read without the number, by feature; features that never miss are left out. Null where nobody counted.</summary>
    public IReadOnlyDictionary<string, long>? Missing { get; init; }

    /// <summary>Rows read per group of the contract, by feature, missing values apart. Null where nobody counted.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>>? Groups { get; init; }

    /// <summary>The statistics of a whole run.</summary>
    /// <param name="result">What its tasks answered.</param>
    /// <returns>Null when they told none.</returns>
    /// <exception cref="JsonException">They are of another form.</exception>
    public static ScoreStatistics? Of(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        ScoreStatistics[] parts = [.. result.Answers.Select(answer => answer.Statistics).OfType<JsonElement>()
            .Select(statistics => statistics.Deserialize(TasksJson.Default.ScoreStatistics)).OfType<ScoreStatistics>()];
        return parts.Length == 0 ? null : parts.Aggregate((a, b) => a + b);
    }

    /// <summary>Joins the statistics of two disjoint sets of rows.</summary>
    /// <exception cref="ArgumentException">They are of different models.</exception>
    public static ScoreStatistics operator +(ScoreStatistics a, ScoreStatistics b) => a.Columns.Count == b.Columns.Count
        ? new ScoreStatistics([.. a.Columns.Zip(b.Columns, (x, y) => x + y)])
        {
            Missing = Join(a.Missing, b.Missing, (x, y) => x + y),
            Groups = Join(a.Groups, b.Groups, (x, y) => [.. x.Zip(y, (m, n) => m + n)]),
        }
        : throw new ArgumentException($"Statistics of {a.Columns.Count} and {b.Columns.Count} columns do not add up.", nameof(b));

    private static Dictionary<string, T>? Join<T>(IReadOnlyDictionary<string, T>? a, IReadOnlyDictionary<string, T>? b, Func<T, T, T> add)
    {
        if (a is null || b is null) return null;
        Dictionary<string, T> sum = new(a, StringComparer.Ordinal);
        foreach ((string name, T more) in b) sum[name] = sum.TryGetValue(name, out T? known) ? add(known, more) : more;
        return sum;
    }
}
