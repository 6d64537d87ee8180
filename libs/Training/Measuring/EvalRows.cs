using System.Runtime.InteropServices;
using BatchScoring.Models;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Measuring;

/// <summary>
/// Rows that are measured and not learned from, in the leaves of trees. Numbers made of categories are those of all learned rows.
/// </summary>
internal sealed class EvalRows(Fold learned, Fold rows)
{
    private const int KeptBytes = 1 << 26;
    private readonly Dictionary<Ctr, BinColumn> _bins = [];
    private readonly Dictionary<(Projection, int Classifier), (Dictionary<ulong, int> Numbers, int[,] Classes)> _counts = [];

    public Fold Rows => rows;

    /// <param name="table">The rows.</param>
    /// <param name="columns">The learned ones, by which these rows are cut.</param>
    /// <param name="weights">By row.</param>
    /// <param name="start">What raw values start from, outputs × rows; null: a constant.</param>
    public static Fold Cut(LearnTable table, QuantisedColumn[] columns, float[]? weights, double[][]? start) => new(
        [.. columns.Select(column => EvalColumns.Of(column, table.Columns[column.Place]))], table.Targets, weights, [], order: null)
    {
        Baseline = start,
    };

    public ushort[] Leaves(IReadOnlyList<Split> splits)
    {
        _counts.Clear();
        if ((long)_bins.Count * rows.Rows > KeptBytes) _bins.Clear();
        ushort[] leaves = new ushort[rows.Rows];
        for (int bit = 0; bit < splits.Count; bit++)
        {
            if (splits[bit].Ctr is { } ctr) Bins(ctr).MarkAbove(splits[bit].Number, leaves, bit);
            else rows.Mark(splits[bit], leaves, bit);
        }

        return leaves;
    }

    private BinColumn Bins(Ctr ctr)
    {
        if (_bins.TryGetValue(ctr, out BinColumn? bins)) return bins;
        if (!_counts.TryGetValue((ctr.Projection, ctr.Description.Classifier), out (Dictionary<ulong, int> Numbers, int[,] Classes) counts))
            _counts.Add((ctr.Projection, ctr.Description.Classifier), counts = Count(ctr));
        int largest = ctr.Description.Type == CtrType.Counter
            ? Enumerable.Range(0, counts.Numbers.Count).Max(number => Total(counts.Classes, number)) : 0;
        if (ctr.Description.Type == CtrType.Counter && learned.AlsoCounted.Count > 0) counts = CountAll(ctr.Projection, out largest);
        bins = new BinColumn(rows.Rows, ctr.Description.Borders + 1);
        for (int row = 0; row < rows.Rows; row++)
            bins[row] = counts.Numbers.TryGetValue(rows.KeyOf(ctr.Projection, row, byHash: false), out int number)
                ? Bin(ctr.Description, counts.Classes, number, largest) : ctr.Description.Bin(0, largest);
        _bins.Add(ctr, bins);
        return bins;
    }

    private static int Bin(CtrDescription description, int[,] counts, int number, int largest)
    {
        int total = Total(counts, number), classes = counts.GetLength(1);
        if (description.Type == CtrType.Counter) return description.Bin(total, largest);
        ReadOnlySpan<int> own = MemoryMarshal.CreateReadOnlySpan(ref counts[number, 0], classes);
        if (description.Type != CtrType.BinarizedTargetMeanValue) return description.Bin(description.Good(own), total);
        float sum = 0;
        for (int one = 0; one < classes; one++) sum += (float)one / (classes - 1) * own[one];
        return description.Bin(sum, total);
    }

    private static int Total(int[,] counts, int number)
    {
        int total = 0;
        for (int one = 0; one < counts.GetLength(1); one++) total += counts[number, one];
        return total;
    }

    /// <summary>The learned rows of every class by key.</summary>
    private (Dictionary<ulong, int> Numbers, int[,] Classes) Count(Ctr ctr)
    {
        CtrBuckets buckets = learned.Buckets(ctr.Projection, byHash: false);
        CtrTarget? target = ctr.Description.Classifier == 0 ? null : learned.CtrTargets[ctr.Description.Classifier - 1];
        int[,] classes = new int[buckets.Numbers.Count, target?.Count ?? 1];
        for (int row = 0; row < buckets.Rows.Length; row++) classes[buckets.Rows[row], target?.Classes[row] ?? 0]++;
        return (buckets.Numbers, classes);
    }

    private (Dictionary<ulong, int> Numbers, int[,] Classes) CountAll(Projection projection, out int largest)
    {
        var all = FullCounts.Of(learned, projection, learned.Buckets(projection, byHash: false), byHash: false);
        int[,] totals = new int[all.Totals.Length, 1];
        for (int number = 0; number < all.Totals.Length; number++) totals[number, 0] = all.Totals[number];
        largest = all.Totals.Max();
        return (all.Numbers, totals);
    }
}
