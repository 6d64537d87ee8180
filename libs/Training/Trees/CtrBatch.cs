using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Ctrs;

namespace BatchScoring.Training.Trees;

/// <summary>Sums of up to four projections that a pass over the rows fills together: all new on a level, or all kept from the one before.</summary>
internal sealed unsafe class CtrBatch
{
    private const int Words = 4, NumberDoubles = CtrSums.Bins * 2;
    private readonly CtrSums[] _sums;

    private CtrBatch(CtrSums[] sums) => _sums = sums;

    public static IEnumerable<CtrBatch> Of(IEnumerable<CtrSums> sums) =>
        sums.GroupBy(one => one.IsKept).SelectMany(alike => alike.Chunk(Words)).Select(chunk => new CtrBatch(chunk));

    /// <summary>Sums and scores a level.</summary>
    /// <param name="all">The sample by leaf; for what is new.</param>
    /// <param name="smaller">The smaller side of the last split, by the leaf before it; for what is kept.</param>
    /// <param name="places">Where the cells of every leaf are.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    public void Level(LeafRows all, LeafRows smaller, int[] places, double lambda)
    {
        if (_sums[0].IsKept)
        {
            int parents = smaller.Leaves, summed = smaller.IsTrueSide ? parents : 0;
            for (int leaf = 0; leaf < parents; leaf++)
            {
                int place = places[leaf + summed];
                Sum(smaller, leaf, place);
                if (smaller.CountOf(leaf) > 0) foreach (CtrSums one in _sums) one.Subtract(places[leaf + (parents - summed)], place);
            }
        }
        else
        {
            for (int leaf = 0; leaf < all.Leaves; leaf++) Sum(all, leaf, places[leaf]);
        }

        foreach (CtrSums one in _sums) one.Score(places, lambda);
    }

    private void Sum(LeafRows rows, int leaf, int place)
    {
        foreach (CtrSums one in _sums) one.Clear(place);
        int* first = rows.Rows + rows.StartOf(leaf);
        Vector128<double>* pairs = rows.Pairs(0) + rows.StartOf(leaf);
        int count = rows.CountOf(leaf);
        switch (_sums.Length)
        {
            case 1: Add<One>(first, pairs, count, place); break;
            case 2: Add<Two>(first, pairs, count, place); break;
            case 3: Add<Three>(first, pairs, count, place); break;
            default: Add<Four>(first, pairs, count, place); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add<TWords>(int* rows, Vector128<double>* pairs, int count, int place)
        where TWords : IConstant
    {
        CtrSums last = _sums[^1];
        byte* a = _sums[0].Words, b = (TWords.Value > 1 ? _sums[1] : last).Words, c = (TWords.Value > 2 ? _sums[2] : last).Words,
            d = last.Words;
        double* toA = _sums[0].LeafAt(place), toB = (TWords.Value > 1 ? _sums[1] : last).LeafAt(place),
            toC = (TWords.Value > 2 ? _sums[2] : last).LeafAt(place), toD = last.LeafAt(place);
        for (int i = 0; i < count; i++)
        {
            nint at = (nint)rows[i] * OnlineCtrs.Together;
            Vector128<double> pair = pairs[i];
            Put(toA, *(uint*)(a + at), pair);
            if (TWords.Value > 1) Put(toB, *(uint*)(b + at), pair);
            if (TWords.Value > 2) Put(toC, *(uint*)(c + at), pair);
            if (TWords.Value > 3) Put(toD, *(uint*)(d + at), pair);
        }
    }

    /// <summary>A step is below 16: times the 16 bytes of a cell it is a byte still, so that one shift does for four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* cells, uint word, Vector128<double> pair)
    {
        uint offsets = word << 4;
        Put(cells, (byte)offsets, pair);
        Put(cells + NumberDoubles, (byte)(offsets >> 8), pair);
        Put(cells + (2 * NumberDoubles), (byte)(offsets >> 16), pair);
        Put(cells + (3 * NumberDoubles), (byte)(offsets >> 24), pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* cells, byte offset, Vector128<double> pair)
    {
        double* cell = (double*)((byte*)cells + (nuint)offset);
        (Vector128.Load(cell) + pair).Store(cell);
    }
}
