using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    private const int ChunkRows = 512, FewKeys = 4096;
    private readonly CtrDescription[] _descriptions;
    private readonly PinnedBuffer<byte>[] _bins;
    private readonly int _rows;

    /// <param name="fold">The rows in their order, with their classes.</param>
    /// <param name="codes">Of the projection.</param>
    /// <param name="descriptions">The numbers wanted.</param>
    public OnlineCtrs(Fold fold, CtrCodes codes, CtrDescription[] descriptions)
    {
        _descriptions = descriptions;
        if (codes.Radix > Math.Max(FewKeys, 2 * fold.Rows)) codes = codes.Dense();
        _rows = fold.Rows;
        _bins = [.. descriptions.Chunk(Together).Select(_ => fold.Memory.Words())];
        if (fold.TargetClassCount == 2) CountTwoClasses(fold, codes.Codes, (int)codes.Radix);
        else CountClasses(fold, codes.Codes, (int)codes.Radix);
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
    private void CountTwoClasses(Fold fold, uint[] codes, int radix)
    {
        Span<ulong> counts = fold.Memory.Counts(radix), before = stackalloc ulong[ChunkRows];
        for (int start = 0; start < codes.Length; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, codes.Length - start);
            Count(codes.AsSpan(start, count), fold.TargetClasses.AsSpan(start, count), counts, before);
            for (int word = 0; word < _bins.Length; word++)
            {
                TwoClassSteps.Of(_descriptions.AsSpan(word * Together, Math.Min(Together, _descriptions.Length - (word * Together))),
                    before[..count], _bins[word].Span.Slice(start * Together, count * Together));
            }
        }

        int[] totals = new int[radix];
        for (int key = 0; key < radix; key++) totals[key] = (int)(uint)counts[key];
        Counters(codes, totals);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(ReadOnlySpan<uint> codes, ReadOnlySpan<int> classes, Span<ulong> counts, Span<ulong> before)
    {
        ref ulong first = ref MemoryMarshal.GetReference(counts);
        for (int row = 0; row < codes.Length; row++)
        {
            // All codes are smaller than the radix.
            ref ulong cell = ref Unsafe.Add(ref first, codes[row]);
            before[row] = cell;
            cell += 1 + ((ulong)(uint)classes[row] << 32);
        }
    }

    /// <summary>Any number of classes, row by row.</summary>
    private void CountClasses(Fold fold, uint[] codes, int radix)
    {
        int classes = fold.TargetClassCount;
        int[] counts = new int[radix * classes], totals = new int[radix];
        float[] sums = new float[radix];
        for (int row = 0; row < codes.Length; row++)
        {
            int key = (int)codes[row], own = fold.TargetClasses[row];
            ReadOnlySpan<int> cells = counts.AsSpan(key * classes, classes);
            for (int place = 0; place < _descriptions.Length; place++)
            {
                CtrDescription description = _descriptions[place];
                if (description.Type == CtrType.Counter) continue;
                float good = description.Type == CtrType.BinarizedTargetMeanValue ? sums[key] : description.Good(cells);
                _bins[place / Together].Span[(row * Together) + (place % Together)] = description.Bin(good, totals[key]);
            }

            counts[(key * classes) + own]++;
            totals[key]++;
            sums[key] += (float)own / (classes - 1);
        }

        Counters(codes, totals);
    }

    /// <summary>Numbers that look at no class: by the counts of all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Counters(uint[] codes, int[] totals)
    {
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
            for (int row = 0; row < codes.Length; row++) Unsafe.Add(ref bin, row * (nint)Together) = Unsafe.Add(ref first, codes[row]);
        }
    }
}
