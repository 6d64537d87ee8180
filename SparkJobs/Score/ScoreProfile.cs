using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Score;

/// <summary>How a model with one probability scored its training table: the groups that later scores are held against.</summary>
/// <param name="Edges">Where groups end, ascending, whole thousandths; an end belongs to the next group. The last group has none.</param>
/// <param name="Counts">Rows per group, one more than there are edges.</param>
internal sealed record ScoreProfile(IReadOnlyList<double> Edges, IReadOnlyList<long> Counts)
{
    private const int Groups = 10;

    /// <summary>At most ten groups of about equal count.</summary>
    /// <param name="scores">The scores of the training table, counted in thousandths.</param>
    public static ScoreProfile Of(ScoreHistogram scores)
    {
        List<double> edges = [];
        List<long> counts = [];
        long held = 0, seen = 0;
        for (int bin = 0; bin < scores.Counts.Count - 1; bin++)
        {
            held += scores.Counts[bin];
            seen += scores.Counts[bin];
            if (held == 0 || seen * Groups < scores.Total * (edges.Count + 1) || edges.Count == Groups - 1) continue;
            edges.Add(scores.Edge(bin + 1));
            counts.Add(held);
            held = 0;
        }

        return new ScoreProfile(edges, [.. counts, held + scores.Counts[^1]]);
    }

    /// <summary>Today's rows in the same groups; null where they were counted in other bins.</summary>
    public long[]? Count(ScoreHistogram scores)
    {
        long?[] below = [0, .. Edges.Select(scores.CountBelow), scores.Total - scores.Missing];
        return below.Contains(null) ? null : [.. below.Skip(1).Zip(below, (upper, lower) => upper!.Value - lower!.Value)];
    }

    /// <summary>What contradicts itself, in a sentence; null for one that can be used.</summary>
    public string? Problem() =>
        Counts.Count != Edges.Count + 1 ? $"its scores have {Counts.Count} counts for {Edges.Count + 1} groups"
        : Counts.Any(count => count < 0) || Counts.Sum() == 0 ? "its scores have no rows, or fewer than none"
        : Edges.Zip(Edges.Skip(1)).Any(pair => !(pair.First < pair.Second)) ? "the edges of its scores do not rise"
        : null;
}
