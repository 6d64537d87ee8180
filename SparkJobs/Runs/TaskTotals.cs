using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>The sum of all answers of an attempt.</summary>
internal sealed record TaskTotals
{
    public long RowsRead { get; private init; }

    public long RowsOut { get; private init; }

    public long RowsQuarantined { get; private init; }

    public ContentHash Content { get; private init; }

    public ContentHash QuarantineContent { get; private init; }

    public IReadOnlyDictionary<string, long> QuarantineCounts { get; private init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public long RowGroupsRead { get; private init; }

    public IReadOnlyDictionary<string, long> RowGroupsDeclined { get; private init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Seconds { get; private init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    public IReadOnlyList<PendingPart> Parts { get; private init; } = [];

    public static TaskTotals Of(IReadOnlyList<AnswerLine> answers, IReadOnlyDictionary<string, long>? early) => new()
    {
        RowsRead = answers.Sum(answer => answer.RowsRead) + (early?.Values.Sum() ?? 0),
        RowsOut = answers.Sum(answer => answer.RowsOut),
        RowsQuarantined = answers.Sum(answer => answer.RowsQuarantined) + (early?.Values.Sum() ?? 0),
        Content = answers.Aggregate(default(ContentHash), (sum, answer) => sum + answer.Content),
        QuarantineContent = answers.Aggregate(default(ContentHash), (sum, answer) => sum + answer.QuarantineContent),
        QuarantineCounts = Join(answers.SelectMany(answer => answer.QuarantineCounts).Concat(early ?? new Dictionary<string, long>(StringComparer.Ordinal)), (a, b) => a + b),
        RowGroupsRead = answers.Sum(answer => answer.RowGroupsRead),
        RowGroupsDeclined = Join(answers.SelectMany(answer => answer.RowGroupsDeclined), (a, b) => a + b),
        Seconds = Join(answers.SelectMany(answer => answer.Seconds), (a, b) => a + b),
        Parts = [.. answers.Select(answer => answer.Part).OfType<PendingPart>().OrderBy(part => part.Key, StringComparer.Ordinal)],
    };

    private static Dictionary<string, T> Join<T>(IEnumerable<KeyValuePair<string, T>> pairs, Func<T, T, T> add) =>
        pairs.GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Aggregate(add), StringComparer.Ordinal);
}
