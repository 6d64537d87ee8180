using System.Globalization;

namespace BatchScoring.Statistics;

/// <summary>
/// Scores with their outcomes, sorted once: the distinct scores in ascending order, each with its count of goods and bads. Everything that
/// only depends on ranks is read off this, so no result depends on the order of the rows.
/// </summary>
/// <remarks>
/// Immutable and thread safe. Takes O(n log n) time and, while it is made, 9 bytes per row; 16 bytes per distinct score stay.
/// </remarks>
public sealed class RankedScores
{
    private readonly double[] distinctScores;
    private readonly int[] goodCounts;
    private readonly int[] badCounts;

    private RankedScores(double[] distinctScores, int[] goodCounts, int[] badCounts)
    {
        this.distinctScores = distinctScores;
        this.goodCounts = goodCounts;
        this.badCounts = badCounts;
        foreach (int count in goodCounts) Goods += count;
        foreach (int count in badCounts) Bads += count;
    }

    /// <summary>The distinct scores, ascending; −0 and 0 are one score, written 0. Infinities are scores like any other.</summary>
    public ReadOnlySpan<double> Scores => distinctScores;

    /// <summary>Rows with label 0 per distinct score.</summary>
    public ReadOnlySpan<int> GoodCounts => goodCounts;

    /// <summary>Rows with label 1 per distinct score.</summary>
    public ReadOnlySpan<int> BadCounts => badCounts;

    /// <summary>Rows with label 0; at least 1.</summary>
    public long Goods { get; }

    /// <summary>Rows with label 1; at least 1.</summary>
    public long Bads { get; }

    /// <summary>All rows.</summary>
    public long Rows => Goods + Bads;

    /// <summary>Sorts scores with their outcomes.</summary>
    /// <param name="scores">Higher = more likely bad. Raw scores do as well as probabilities: only their order counts here.</param>
    /// <param name="labels">As many: 1 = bad (the event), 0 = good.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="StatisticsException">Codes <c>STATISTICS_SCORE_NAN</c>, <c>STATISTICS_LABEL_INVALID</c>, and
    /// <c>STATISTICS_ONE_CLASS</c> when goods or bads are missing (no rows included).</exception>
    public static RankedScores Create(ReadOnlySpan<double> scores, ReadOnlySpan<byte> labels)
    {
        if (scores.Length != labels.Length)
            throw new ArgumentException($"{scores.Length} scores, but {labels.Length} labels.", nameof(labels));
        Validate(scores, labels);

        double[] keys = scores.ToArray();
        byte[] outcomes = labels.ToArray();
        Array.Sort(keys, outcomes);

        int distinct = 0;
        for (int i = 0; i < keys.Length; i++)
            if (i == 0 || keys[i] != keys[i - 1]) distinct++;

        double[] values = new double[distinct];
        int[] goods = new int[distinct];
        int[] bads = new int[distinct];
        int group = -1;
        for (int i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1]) values[++group] = keys[i] + 0.0; // + 0.0 turns −0 into 0
            if (outcomes[i] == 1) bads[group]++;
            else goods[group]++;
        }
        return new RankedScores(values, goods, bads);
    }

    private static void Validate(ReadOnlySpan<double> scores, ReadOnlySpan<byte> labels)
    {
        int bad = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(scores[i])) ThrowNaN(i);
            if (labels[i] > 1) ThrowLabel(i, labels[i]);
            bad += labels[i];
        }
        if (bad == 0 || bad == scores.Length) ThrowOneClass(scores.Length, bad);
    }

    private static void ThrowNaN(int row) =>
        throw new StatisticsException("STATISTICS_SCORE_NAN", string.Create(CultureInfo.InvariantCulture,
        $"The score of row {row} (counted from 0) is not a number. Ranks need a score for every row: leave rows without one out."));

    private static void ThrowLabel(int row, byte label) => throw new StatisticsException("STATISTICS_LABEL_INVALID",
        string.Create(CultureInfo.InvariantCulture,
            $"The label of row {row} (counted from 0) is {label}. Labels are 0 (good) or 1 (bad); turn other outcomes into these first."));

    private static void ThrowOneClass(int rows, int bads) => throw new StatisticsException("STATISTICS_ONE_CLASS",
        string.Create(CultureInfo.InvariantCulture,
            $"Of {rows} rows, {bads} are bad and {rows - bads} are good. Rank metrics compare goods with bads and need at least one of each."));
}
