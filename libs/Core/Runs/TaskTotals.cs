using System.Numerics;

namespace BatchScoring.Core;

/// <summary>The sum of all answers of an attempt.</summary>
public sealed record TaskTotals
{
    private static readonly Dictionary<string, long> _none = new(StringComparer.Ordinal);

    /// <summary>Rows read, those that were set aside before the tasks among them.</summary>
    public long RowsRead { get; private init; }

    /// <summary>Rows in the parts.</summary>
    public long RowsOut { get; private init; }

    /// <summary>Rows set aside.</summary>
    public long RowsQuarantined { get; private init; }

    /// <summary>Content hash of the rows in the parts.</summary>
    public ContentHash Content { get; private init; }

    /// <summary>Content hash of the rows that tasks have set aside.</summary>
    public ContentHash QuarantineContent { get; private init; }

    /// <summary>Rows set aside, by code.</summary>
    public IReadOnlyDictionary<string, long> QuarantineCounts { get; private init; } = _none;

    /// <summary>Row groups that our own reader has read.</summary>
    public long RowGroupsRead { get; private init; }

    /// <summary>Row groups that it does not read, by the reason's code.</summary>
    public IReadOnlyDictionary<string, long> RowGroupsUnsupported { get; private init; } = _none;

    /// <summary>Seconds by stage, summed over tasks.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; private init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>The parts, by key in ordinal order.</summary>
    public IReadOnlyList<PendingPart> Parts { get; private init; } = [];

    /// <summary>Sums up.</summary>
    /// <param name="answers">Every task's.</param>
    /// <param name="early">Rows by code that were set aside before the tasks began; null when there is no such stage.</param>
    public static TaskTotals Of(IReadOnlyList<TaskResult> answers, IReadOnlyDictionary<string, long>? early)
    {
        ArgumentNullException.ThrowIfNull(answers);
        early ??= _none;
        return new TaskTotals
        {
            RowsRead = answers.Sum(answer => answer.RowsRead) + early.Values.Sum(),
            RowsOut = answers.Sum(answer => answer.RowsOut),
            RowsQuarantined = answers.Sum(answer => answer.RowsQuarantined) + early.Values.Sum(),
            Content = answers.Aggregate(default(ContentHash), (sum, answer) => sum + answer.Content),
            QuarantineContent = answers.Aggregate(default(ContentHash), (sum, answer) => sum + answer.QuarantineContent),
            QuarantineCounts = Join(answers.SelectMany(answer => answer.QuarantineCounts).Concat(early)),
            RowGroupsRead = answers.Sum(answer => answer.RowGroupsRead),
            RowGroupsUnsupported = Join(answers.SelectMany(answer => answer.RowGroupsUnsupported)),
            Seconds = Join(answers.SelectMany(answer => answer.Seconds)),
            Parts = [.. answers.Select(answer => answer.Part).OfType<PendingPart>().OrderBy(part => part.Key, StringComparer.Ordinal)],
        };
    }

    private static Dictionary<string, T> Join<T>(IEnumerable<KeyValuePair<string, T>> pairs)
        where T : INumber<T> =>
        pairs.GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Aggregate(T.Zero, (sum, value) => sum + value), StringComparer.Ordinal);
}
