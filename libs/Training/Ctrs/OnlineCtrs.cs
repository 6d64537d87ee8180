using System.Runtime.CompilerServices;
using BatchScoring.Models;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Ctrs;

/// <summary>
/// The numbers made of a projection: of every row by those before it, so that no row sees its own label. All are counted in one pass; a
/// row's steps lie side by side, four bytes to a word.
/// </summary>
internal sealed class OnlineCtrs
{
    /// <summary>Steps of a row that share a word.</summary>
    public const int Together = 4;

    private const int FewKeys = 4096;
    private readonly CtrDescription[] _descriptions;
    private readonly PinnedBuffer<byte>[] _bins;
    private readonly int _rows;
    private int[]? _totals;

    private OnlineCtrs(Fold fold, CtrDescription[] descriptions)
    {
        (_descriptions, _rows) = (descriptions, fold.Rows);
        _bins = [.. descriptions.Chunk(Together).Select(_ => fold.Memory.Words())];
        foreach (PinnedBuffer<byte> words in _bins) words.Span.Clear();
    }

    /// <summary>Counts up to four projections side by side: a count must wait for the one before it.</summary>
    /// <param name="fold">The rows in their order, with their classes.</param>
    /// <param name="codes">Of the projections.</param>
    /// <param name="descriptions">The numbers wanted of each.</param>
    public static OnlineCtrs[] Of(Fold fold, CtrCodes[] codes, CtrDescription[] descriptions)
    {
        for (int i = 0; i < codes.Length; i++) if (codes[i].Radix > Math.Max(FewKeys, 2 * fold.Rows)) codes[i] = codes[i].Dense();
        OnlineCtrs[] all = [.. codes.Select(_ => new OnlineCtrs(fold, descriptions))];
        int[] classifiers = [.. descriptions.Select(description => description.Classifier).Where(classifier => classifier > 0).Distinct()];
        foreach (int classifier in classifiers)
        {
            CtrTarget target = fold.CtrTargets[classifier - 1];
            if (target.Count == 2) CountTwoClasses(fold, classifier, codes, all);
            else for (int i = 0; i < all.Length; i++) all[i].CountClasses(classifier, target, codes[i]);
        }

        for (int i = 0; i < all.Length; i++) all[i].Counters(codes[i]);
        return all;
    }

    /// <summary>How many different values there are.</summary>
    public int Unique { get; private set; }

    /// <summary>When it was last asked for.</summary>
    public long LastUse { get; set; }

    /// <summary>A word per row; the next four numbers in the next words.</summary>
    public PinnedBuffer<byte>[] Words => _bins;

    /// <summary>The step of every row.</summary>
    public BinColumn Bins(CtrDescription description)
    {
        int place = Array.IndexOf(_descriptions, description);
        return new BinColumn(_bins[place / Together], _rows, place % Together, Together);
    }

    /// <summary>A cell holds the good ones in its upper half, all in its lower one.</summary>
    [SkipLocalsInit]
    private static unsafe void CountTwoClasses(Fold fold, int classifier, CtrCodes[] codes, OnlineCtrs[] all)
    {
        ulong* before = stackalloc ulong[Together * CtrCounts.Stride];
        uint* chunks = stackalloc uint[Together * CtrCounts.Stride];
        ulong** cells = stackalloc ulong*[Together];
        fixed (ulong* counts = fold.Memory.Counts((int)codes.Sum(one => one.Radix)))
        fixed (int* classes = fold.CtrTargets[classifier - 1].Classes)
        {
            cells[0] = counts;
            for (int i = 1; i < all.Length; i++) cells[i] = cells[i - 1] + codes[i - 1].Radix;
            for (int start = 0; start < fold.Rows; start += CtrCounts.Stride)
            {
                int count = Math.Min(CtrCounts.Stride, fold.Rows - start);
                for (int i = 0; i < all.Length; i++)
                    codes[i].Codes.AsSpan(start, count).CopyTo(new Span<uint>(chunks + (i * CtrCounts.Stride), count));
                CtrCounts.Add(all.Length, chunks, classes + start, count, cells, before);
                for (int i = 0; i < all.Length; i++) all[i].Steps(classifier, new ReadOnlySpan<ulong>(before + (i * CtrCounts.Stride), count), start);
            }

            for (int i = 0; i < all.Length; i++)
            {
                int[] totals = new int[codes[i].Radix];
                for (int key = 0; key < totals.Length; key++) totals[key] = (int)(uint)cells[i][key];
                all[i]._totals = totals;
            }
        }
    }

    private void Steps(int classifier, ReadOnlySpan<ulong> before, int start)
    {
        for (int place = 0; place < _descriptions.Length; place++)
        {
            if (_descriptions[place].Classifier != classifier) continue;
            TwoClassSteps.Of(_descriptions[place], before, _bins[place / Together].Span.Slice(start * Together, before.Length * Together),
                place % Together);
        }
    }

    /// <summary>Any number of classes, row by row.</summary>
    private void CountClasses(int classifier, CtrTarget target, CtrCodes codes)
    {
        int classes = target.Count;
        int[] counts = new int[codes.Radix * classes], totals = new int[codes.Radix];
        float[] sums = new float[codes.Radix];
        for (int row = 0; row < codes.Codes.Length; row++)
        {
            int key = (int)codes.Codes[row], own = target.Classes[row];
            ReadOnlySpan<int> cells = counts.AsSpan(key * classes, classes);
            for (int place = 0; place < _descriptions.Length; place++)
            {
                CtrDescription description = _descriptions[place];
                if (description.Classifier != classifier) continue;
                float good = description.Type == CtrType.BinarizedTargetMeanValue ? sums[key] : description.Good(cells);
                _bins[place / Together].Span[(row * Together) + (place % Together)] = description.Bin(good, totals[key]);
            }

            counts[(key * classes) + own]++;
            totals[key]++;
            sums[key] += (float)own / (classes - 1);
        }

        _totals = totals;
    }

    /// <summary>Numbers that look at no class: by the counts of all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Counters(CtrCodes codes)
    {
        int[] totals = _totals ?? Totals(codes);
        Unique = totals.Length - totals.Count(0);
        int largest = totals.Max();
        for (int place = 0; place < _descriptions.Length; place++)
        {
            CtrDescription description = _descriptions[place];
            if (description.Type != CtrType.Counter) continue;
            byte[] steps = new byte[totals.Length];
            for (int key = 0; key < steps.Length; key++) if (totals[key] > 0) steps[key] = description.Bin(totals[key], largest);
            Span<byte> bins = _bins[place / Together].Span;
            ref byte first = ref steps[0], bin = ref bins[place % Together];
            uint[] own = codes.Codes;
            for (int row = 0; row < own.Length; row++) Unsafe.Add(ref bin, row * (nint)Together) = Unsafe.Add(ref first, own[row]);
        }
    }

    private static int[] Totals(CtrCodes codes)
    {
        int[] totals = new int[codes.Radix];
        foreach (uint code in codes.Codes) totals[code]++;
        return totals;
    }
}
