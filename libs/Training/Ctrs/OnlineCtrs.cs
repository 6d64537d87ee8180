using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    private int? _uniqueCounted;

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

        if (classifiers.Length == 0) for (int i = 0; i < all.Length; i++) all[i].Counters(codes[i], Totals(codes[i]));
        return all;
    }

    /// <summary>How many different values there are.</summary>
    public int Unique { get; private set; }

    /// <summary>The same where no label is looked at: rows that are not learned from may have more.</summary>
    public int UniqueCounted => _uniqueCounted ?? Unique;

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

            for (int i = 0; i < all.Length; i++) all[i].Counters(codes[i], new ReadOnlySpan<ulong>(cells[i], (int)codes[i].Radix));
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
        int[] counts = new int[codes.Radix * classes];
        ulong[] totals = new ulong[codes.Radix];
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
                _bins[place / Together].Span[(row * Together) + (place % Together)] = description.Bin(good, (int)totals[key]);
            }

            counts[(key * classes) + own]++;
            totals[key]++;
            sums[key] += (float)own / (classes - 1);
        }

        Counters(codes, totals);
    }

    /// <summary>Numbers that look at no class: by the counts of all rows.</summary>
    /// <param name="codes">Of the projection.</param>
    /// <param name="cells">By code; the rows that have it in the lower half.</param>
    [SkipLocalsInit]
    private void Counters(CtrCodes codes, ReadOnlySpan<ulong> cells)
    {
        // Once, if labels are cut in several ways.
        if (Unique > 0) return;
        (Unique, ulong largest) = KeysOf(cells);
        Span<ulong> counted = stackalloc ulong[CtrCounts.Stride];
        for (int place = 0; place < _descriptions.Length; place++)
        {
            if (_descriptions[place].Type != CtrType.Counter) continue;
            for (int start = 0; start < _rows; start += CtrCounts.Stride)
            {
                Span<ulong> chunk = counted[..Math.Min(CtrCounts.Stride, _rows - start)];
                Look(codes.Codes.AsSpan(start, chunk.Length), cells, largest, chunk);
                TwoClassSteps.Of(_descriptions[place], chunk, _bins[place / Together].Span.Slice(start * Together, chunk.Length * Together),
                    place % Together);
            }
        }
    }

    /// <summary>As if the rows of its key were a row's good ones, and those of the most frequent key all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Look(ReadOnlySpan<uint> codes, ReadOnlySpan<ulong> cells, ulong largest, Span<ulong> counted)
    {
        ref ulong first = ref MemoryMarshal.GetReference(cells);
        for (int row = 0; row < codes.Length; row++) counted[row] = (Unsafe.Add(ref first, codes[row]) << 32) | largest;
    }

    /// <summary>Counts rows that are not learned from as well, where no label is looked at.</summary>
    public void CountAll(Fold fold, Projection projection)
    {
        CtrBuckets buckets = fold.Buckets(projection, byHash: false);
        int[] totals = FullCounts.Of(fold, projection, buckets, byHash: false).Totals;
        int largest = totals.Max();
        _uniqueCounted = totals.Length;
        for (int place = 0; place < _descriptions.Length; place++)
        {
            if (_descriptions[place].Type != CtrType.Counter) continue;
            Span<byte> bins = _bins[place / Together].Span;
            for (int row = 0; row < _rows; row++)
                bins[(row * Together) + (place % Together)] = _descriptions[place].Bin(totals[buckets.Rows[row]], largest);
        }
    }

    /// <returns>How many keys have rows, and how many the most frequent one has.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Unique, ulong Largest) KeysOf(ReadOnlySpan<ulong> cells)
    {
        Vector512<ulong> low = Vector512.Create((ulong)uint.MaxValue), most = default, empty = default;
        int key = 0;
        for (; key <= cells.Length - Vector512<ulong>.Count; key += Vector512<ulong>.Count)
        {
            Vector512<ulong> counts = Vector512.Create(cells[key..]) & low;
            most = Vector512.Max(most, counts);
            empty -= Vector512.Equals(counts, Vector512<ulong>.Zero);
        }

        int unique = key - (int)Vector512.Sum(empty);
        ulong largest = 0;
        for (int lane = 0; lane < Vector512<ulong>.Count; lane++) largest = Math.Max(largest, most[lane]);
        for (; key < cells.Length; key++)
        {
            ulong count = (uint)cells[key];
            largest = Math.Max(largest, count);
            if (count > 0) unique++;
        }

        return (unique, largest);
    }

    private static ulong[] Totals(CtrCodes codes)
    {
        ulong[] totals = new ulong[codes.Radix];
        foreach (uint code in codes.Codes) totals[code]++;
        return totals;
    }
}
