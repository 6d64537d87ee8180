using System.Collections.Immutable;
using BatchScoring.Models;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>The numbers made of categories as a finished model has them: by the counts of all rows.</summary>
internal sealed class FinalCtrs
{
    private const float StepBorder = 0.999999f;
    private readonly QuantisedColumn[] _columns;
    private readonly Fold _fold;
    private readonly int _numbers, _start;
    private readonly (Ctr Ctr, CtrFeature Feature, int[] Steps)[] _features;

    /// <param name="columns">Numbers before categories.</param>
    /// <param name="fold">The rows in the order that leaves come from: keys are numbered by first appearance.</param>
    /// <param name="splits">All splits of the model.</param>
    /// <param name="start">How many plain splits stand before them.</param>
    public FinalCtrs(QuantisedColumn[] columns, Fold fold, IEnumerable<Split> splits, int start)
    {
        (_columns, _fold, _start) = (columns, fold, start);
        _numbers = columns.Count(column => !column.IsCategory);
        _features = [.. splits.Where(split => split.Ctr is not null).GroupBy(split => split.Ctr!)
            .Select(group => Feature(group.Key, [.. group.Select(split => split.Number).Distinct().Order()]))
            .OrderBy(one => one.Feature, Comparer<CtrFeature>.Create(Compare))];
        Features = [.. _features.Select(one => one.Feature)];
        Tables = [.. _features.GroupBy(one => one.Feature.Key).Select(group => Table(group.Key, group.First().Ctr))];
    }

    public ImmutableArray<CtrFeature> Features { get; }

    public ImmutableArray<CtrTable> Tables { get; }

    /// <summary>The number of a split among all of the model.</summary>
    public int NumberOf(Ctr ctr, int step)
    {
        int number = _start;
        foreach ((Ctr own, _, int[] steps) in _features)
        {
            if (own == ctr) return number + Array.IndexOf(steps, step);
            number += steps.Length;
        }

        throw new InvalidOperationException($"{ctr} is not in the model.");
    }

    private (Ctr Ctr, CtrFeature Feature, int[] Steps) Feature(Ctr ctr, int[] steps)
    {
        Projection projection = ctr.Projection;
        CtrDescription description = ctr.Description;
        FeatureCombination combination = new()
        {
            Categories = [.. projection.Categories],
            FloatSplits = [.. projection.Floats.Select(split => new CtrFloatSplit(split.Column,
                _columns[split.Column].Borders[split.Number]))],
            OneHotSplits = [.. projection.OneHots.Select(split => new CtrOneHotSplit(split.Column - _numbers,
                _columns[split.Column].Categories![split.Number]))],
        };
        return (ctr, new CtrFeature
        {
            Key = new CtrKey(combination, description.Type, description.Classifier),
            TargetBorderIndex = description.TargetBorder,
            PriorNumerator = description.Prior,
            Shift = description.Shift,
            Scale = description.Borders / description.Norm,
            Borders = [.. steps.Select(step => step + StepBorder)],
        }, steps);
    }

    private CtrTable Table(CtrKey key, Ctr ctr)
    {
        CtrTarget? target = key.TargetBorderClassifier == 0 ? null : _fold.CtrTargets[key.TargetBorderClassifier - 1];
        bool isMean = key.Type == CtrType.BinarizedTargetMeanValue, isByClass = target is not null && !isMean;
        int length = isMean ? 2 : target?.Count ?? 1;
        CtrBuckets buckets = _fold.Buckets(ctr.Projection, byHash: true);
        int[] cells = new int[buckets.Numbers.Count * length];
        for (int row = 0; row < _fold.Rows; row++)
        {
            int cell = buckets.Rows[row] * length;
            if (isMean) cells[cell] = Added(cells[cell], (float)target!.Classes[row] / (target.Count - 1));
            cells[isMean ? cell + 1 : isByClass ? cell + target!.Classes[row] : cell]++;
        }

        ICollection<ulong> keys = buckets.Numbers.Keys;
        if (target is null && _fold.AlsoCounted.Count > 0)
        {
            var all = FullCounts.Of(_fold, ctr.Projection, buckets, byHash: true);
            (keys, cells) = (all.Numbers.Keys, all.Totals);
        }


        return new CtrTable
        {
            Key = key,
            Buckets = Buckets([.. keys]),
            Cells = [.. cells],
            CounterDenominator = target is null ? cells.Max() : 0,
            TargetClassCount = isByClass ? length : 0,
        };
    }

    /// <summary>A sum of single precision that is kept by its bits.</summary>
    private static int Added(int bits, float more) => BitConverter.SingleToInt32Bits(BitConverter.Int32BitsToSingle(bits) + more);

    private static ImmutableArray<CtrBucket> Buckets(ulong[] hashes)
    {
        int size = (int)Math.Max(2, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)hashes.Length * 2));
        var buckets = new CtrBucket[size];
        Array.Fill(buckets, new CtrBucket(CtrBucket.Empty, 0));
        for (int number = 0; number < hashes.Length; number++)
        {
            ulong slot = hashes[number] & (ulong)(size - 1);
            while (buckets[slot].Hash != CtrBucket.Empty) slot = (slot + 1) & (ulong)(size - 1);
            buckets[slot] = new CtrBucket(hashes[number], (uint)number);
        }

        return [.. buckets];
    }

    /// <summary>The order in which CatBoost writes them.</summary>
    private static int Compare(CtrFeature a, CtrFeature b)
    {
        FeatureCombination one = a.Key.Combination, other = b.Key.Combination;
        int[] orders =
        [
            Lists(one.Categories, other.Categories, (x, y) => x.CompareTo(y)),
            Lists(one.FloatSplits, other.FloatSplits, (x, y) => x.Feature != y.Feature ? x.Feature.CompareTo(y.Feature)
                : x.Border.CompareTo(y.Border)),
            Lists(one.OneHotSplits, other.OneHotSplits, (x, y) => x.Feature != y.Feature ? x.Feature.CompareTo(y.Feature)
                : x.Value.CompareTo(y.Value)),
            a.Key.Type.CompareTo(b.Key.Type),
            a.Key.TargetBorderClassifier.CompareTo(b.Key.TargetBorderClassifier),
            a.TargetBorderIndex.CompareTo(b.TargetBorderIndex),
            a.PriorNumerator.CompareTo(b.PriorNumerator),
        ];
        return orders.FirstOrDefault(order => order != 0);
    }

    private static int Lists<T>(ImmutableArray<T> a, ImmutableArray<T> b, Comparison<T> compare)
    {
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
            if (compare(a[i], b[i]) is not 0 and var order) return order;
        return a.Length.CompareTo(b.Length);
    }
}
