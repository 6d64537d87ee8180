using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BatchScoring.Models;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Ctrs;

/// <summary>
/// The numbers made of a projection: of every row by those before it, so that no row sees its own label. All are counted in one pass.
/// </summary>
internal sealed class OnlineCtrs
{
    /// <summary>Projections that are counted side by side.</summary>
    public const int Together = 4;

    private const int FewKeys = 4096;
    private readonly CtrDescription[] _descriptions;
    private readonly PinnedBuffer<byte>[] _steps;
    private readonly int _rows;
    private int? _uniqueCounted;

    private OnlineCtrs(Fold fold, CtrDescription[] descriptions)
    {
        (_descriptions, _rows) = (descriptions, fold.Rows);
        _steps = [.. descriptions.Select(_ => fold.Memory.Bytes())];
    }

    /// <summary>Counts up to four projections side by side: a count must wait for the one before it.</summary>
    /// <param name="fold">The rows in their order, with their classes.</param>
    /// <param name="codes">Of the projections.</param>
    /// <param name="descriptions">The numbers wanted of each.</param>
    /// <param name="scratch">Of the thread.</param>
    public static OnlineCtrs[] Of(Fold fold, CtrCodes[] codes, CtrDescription[] descriptions, CtrScratch scratch)
    {
        for (int i = 0; i < codes.Length; i++) if (codes[i].Radix > Math.Max(FewKeys, 2 * fold.Rows)) codes[i] = codes[i].Dense();
        OnlineCtrs[] all = [.. codes.Select(_ => new OnlineCtrs(fold, descriptions))];
        int[] classifiers = [.. descriptions.Select(description => description.Classifier).Where(classifier => classifier > 0).Distinct()];
        foreach (int classifier in classifiers)
        {
            CtrTarget target = fold.CtrTargets[classifier - 1];
            if (target.Count == 2) CountTwoClasses(fold, classifier, codes, all, scratch);
            else for (int i = 0; i < all.Length; i++) all[i].CountClasses(classifier, target, codes[i], scratch);
        }

        if (classifiers.Length == 0) for (int i = 0; i < all.Length; i++) all[i].Counters(codes[i], Totals(codes[i]), scratch);
        return all;
    }

    /// <summary>How many different values there are.</summary>
    public int Unique { get; private set; }

    /// <summary>The same where no label is looked at: rows that are not learned from may have more.</summary>
    public int UniqueCounted => _uniqueCounted ?? Unique;

    /// <summary>When it was last asked for.</summary>
    public long LastUse { get; set; }

    /// <summary>The steps of several numbers together; none where they lie one by one.</summary>
    public JointSteps[] Joint { get; private set; } = [];

    /// <summary>The step of every row.</summary>
    public BinColumn Bins(CtrDescription description)
    {
        int place = Array.IndexOf(_descriptions, description);
        JointSteps? joint = Array.Find(Joint, one => place >= one.First && place < one.First + one.Numbers);
        return joint is null ? new BinColumn(_steps[place], _rows) : new BinColumn(joint.Bytes, _rows, joint.StepsOf(place));
    }

    /// <summary>Puts the steps of a row together where there are few enough.</summary>
    public void Join(CtrMemory memory, CtrScratch scratch)
    {
        if (_descriptions.Any(description => description.Borders >= JointSteps.Bins)) return;
        Joint = [.. _steps.Chunk(JointSteps.Together).SelectMany((some, chunk) =>
            JointSteps.Of(some, chunk * JointSteps.Together, memory, scratch))];
        foreach (PinnedBuffer<byte> steps in _steps) memory.TakeBack(steps);
    }

    /// <summary>Gives up its memory; nothing may be asked of it any more.</summary>
    public void Free(CtrMemory memory)
    {
        foreach (PinnedBuffer<byte> bytes in Joint.Length > 0 ? Joint.Select(joint => joint.Bytes) : _steps) memory.TakeBack(bytes);
    }

    /// <summary>A cell holds the good ones in its upper half, all in its lower one.</summary>
    [SkipLocalsInit]
    private static unsafe void CountTwoClasses(Fold fold, int classifier, CtrCodes[] codes, OnlineCtrs[] all, CtrScratch scratch)
    {
        ulong* before = stackalloc ulong[Together * CtrCounts.Stride];
        uint* chunks = stackalloc uint[Together * CtrCounts.Stride];
        ulong** cells = stackalloc ulong*[Together];
        fixed (ulong* counts = scratch.Counts((int)codes.Sum(one => one.Radix)))
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
                for (int i = 0; i < all.Length; i++)
                    all[i].Steps(classifier, new ReadOnlySpan<ulong>(before + (i * CtrCounts.Stride), Whole(count)), start);
            }

            for (int i = 0; i < all.Length; i++) all[i].Counters(codes[i], new ReadOnlySpan<ulong>(cells[i], (int)codes[i].Radix), scratch);
        }
    }

    private static int Whole(int count) => (count + Vector512<int>.Count - 1) & -Vector512<int>.Count;

    [SkipLocalsInit]
    private void Steps(int classifier, ReadOnlySpan<ulong> before, int start)
    {
        Span<float> good = stackalloc float[CtrCounts.Stride], all = stackalloc float[CtrCounts.Stride];
        bool? ofRest = null;
        for (int place = 0; place < _descriptions.Length; place++)
        {
            CtrDescription description = _descriptions[place];
            if (description.Classifier != classifier) continue;
            bool isRest = description.Type == CtrType.Buckets && description.TargetBorder == 0;
            if (isRest != ofRest) TwoClassSteps.Split(before, isRest, good, all);
            ofRest = isRest;
            TwoClassSteps.Of(description, good[..before.Length], all, _steps[place].Span[start..]);
        }
    }

    /// <summary>Any number of classes, row by row.</summary>
    private void CountClasses(int classifier, CtrTarget target, CtrCodes codes, CtrScratch scratch)
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
                _steps[place].Span[row] = description.Bin(good, (int)totals[key]);
            }

            counts[(key * classes) + own]++;
            totals[key]++;
            sums[key] += (float)own / (classes - 1);
        }

        Counters(codes, totals, scratch);
    }

    /// <summary>Numbers that look at no class: by the counts of all rows.</summary>
    /// <param name="codes">Of the projection.</param>
    /// <param name="cells">By code; the rows that have it in the lower half.</param>
    /// <param name="scratch">Of the thread.</param>
    private void Counters(CtrCodes codes, ReadOnlySpan<ulong> cells, CtrScratch scratch)
    {
        // Once, if labels are cut in several ways.
        if (Unique > 0) return;
        (Unique, ulong largest) = KeysOf(cells);
        for (int place = 0; place < _descriptions.Length; place++)
        {
            if (_descriptions[place].Type != CtrType.Counter) continue;
            Span<byte> stepOf = scratch.Steps(cells.Length);
            KeySteps(_descriptions[place], cells, largest, stepOf);
            Look(codes.Codes, stepOf, _steps[place].Span);
        }
    }

    /// <summary>As if the rows of a key were its good ones, and those of the most frequent key all.</summary>
    [SkipLocalsInit]
    private static void KeySteps(CtrDescription description, ReadOnlySpan<ulong> cells, ulong largest, Span<byte> steps)
    {
        Span<ulong> counted = stackalloc ulong[CtrCounts.Stride];
        Span<float> good = stackalloc float[CtrCounts.Stride], all = stackalloc float[CtrCounts.Stride];
        for (int start = 0; start < cells.Length; start += CtrCounts.Stride)
        {
            int count = Math.Min(CtrCounts.Stride, cells.Length - start), whole = Whole(count);
            for (int key = 0; key < count; key++) counted[key] = (cells[start + key] << 32) | largest;
            TwoClassSteps.Split(counted[..whole], ofRest: false, good, all);
            TwoClassSteps.Of(description, good[..whole], all, steps[start..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Look(ReadOnlySpan<uint> codes, ReadOnlySpan<byte> stepOf, Span<byte> steps)
    {
        ref byte from = ref MemoryMarshal.GetReference(stepOf), to = ref MemoryMarshal.GetReference(steps);
        for (int row = 0; row < codes.Length; row++) Unsafe.Add(ref to, row) = Unsafe.Add(ref from, codes[row]);
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
            Span<byte> steps = _steps[place].Span;
            for (int row = 0; row < _rows; row++) steps[row] = _descriptions[place].Bin(totals[buckets.Rows[row]], largest);
        }
    }

    /// <returns>How many keys have rows, and how many the most frequent one has.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Unique, ulong Largest) KeysOf(ReadOnlySpan<ulong> cells)
    {
        // As signed numbers: processors compare those at once.
        Vector256<long> low = Vector256.Create((long)uint.MaxValue), most = default, empty = default;
        ref long first = ref Unsafe.As<ulong, long>(ref MemoryMarshal.GetReference(cells));
        int key = 0;
        for (; key <= cells.Length - Vector256<long>.Count; key += Vector256<long>.Count)
        {
            Vector256<long> counts = Vector256.LoadUnsafe(ref first, (nuint)key) & low;
            most = Vector256.Max(most, counts);
            empty -= Vector256.Equals(counts, Vector256<long>.Zero);
        }

        int unique = key - (int)Vector256.Sum(empty);
        ulong largest = 0;
        for (int lane = 0; lane < Vector256<long>.Count; lane++) largest = Math.Max(largest, (ulong)most[lane]);
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
