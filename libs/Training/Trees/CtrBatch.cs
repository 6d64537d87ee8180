using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Ctrs;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Sums of projections that a pass over the rows fills together: all new on a level, or all kept from the one before. A row adds to one
/// cell for all numbers of a projection; what a leaf's rows came to is handed on to the cells of each number.
/// </summary>
internal sealed unsafe class CtrBatch
{
    /// <summary>Doubles of scratch, all 0 between two uses.</summary>
    public const int ScratchSize = Columns * ColumnDoubles;

    private const int Columns = 8, NumberDoubles = JointSteps.Bins * 2, ColumnDoubles = 256 * 2;

    /// <summary>Of a leaf with so few rows every number is added to at once.</summary>
    private const int FewRows = 64;

    private readonly List<(CtrSums Sums, JointSteps Steps)> _columns = [];

    /// <summary>As few passes as there can be.</summary>
    public static List<CtrBatch> Of(IEnumerable<CtrSums> sums)
    {
        List<CtrBatch> batches = [];
        foreach (IGrouping<bool, CtrSums> alike in sums.GroupBy(one => one.IsKept))
        {
            CtrBatch? last = null;
            foreach (CtrSums one in alike)
            {
                if (last is null || last._columns.Count + one.Joint.Length > Columns) batches.Add(last = new CtrBatch());
                foreach (JointSteps steps in one.Joint) last._columns.Add((one, steps));
            }
        }

        return batches;
    }

    /// <summary>Sums and scores a level.</summary>
    /// <param name="all">The sample by leaf; for what is new.</param>
    /// <param name="smaller">The smaller side of the last split, by the leaf before it; for what is kept.</param>
    /// <param name="places">Where the cells of every leaf are.</param>
    /// <param name="exact">Makes scores exact.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="scratch">Of <see cref="ScratchSize"/>, all 0.</param>
    public void Level(LeafRows all, LeafRows smaller, int[] places, ExactCtrSums exact, double lambda, double* scratch)
    {
        CtrSums[] sums = [.. _columns.Select(column => column.Sums).Distinct()];
        if (sums[0].IsKept)
        {
            int parents = smaller.Leaves, summed = smaller.IsTrueSide ? parents : 0;
            for (int leaf = 0; leaf < parents; leaf++)
            {
                int place = places[leaf + summed];
                foreach (CtrSums one in sums) one.Clear(place);
                if (smaller.CountOf(leaf) == 0) continue;
                Sum(smaller, leaf, place, scratch);
                foreach (CtrSums one in sums) one.Subtract(places[leaf + (parents - summed)], place);
            }
        }
        else
        {
            for (int leaf = 0; leaf < all.Leaves; leaf++)
            {
                foreach (CtrSums one in sums) one.Clear(places[leaf]);
                Sum(all, leaf, places[leaf], scratch);
            }
        }

        foreach (CtrSums one in sums) one.Score(places, lambda, exact);
    }

    private void Sum(LeafRows rows, int leaf, int place, double* scratch)
    {
        int* first = rows.Rows + rows.StartOf(leaf);
        Vector128<double>* pairs = rows.Pairs(0) + rows.StartOf(leaf);
        int count = rows.CountOf(leaf);
        if (count > FewRows)
        {
            byte** bytes = stackalloc byte*[_columns.Count];
            for (int column = 0; column < _columns.Count; column++) bytes[column] = _columns[column].Steps.Bytes.Start;
            Add(_columns.Count, first, pairs, count, bytes, scratch);
        }

        for (int column = 0; column < _columns.Count; column++)
        {
            (CtrSums sums, JointSteps steps) = _columns[column];
            fixed (uint* offsets = steps.Offsets)
            {
                if (count > FewRows) HandOn(scratch + (column * ColumnDoubles), steps.Used, offsets, sums.LeafAt(place, steps), steps.Numbers);
                else AddFew(first, pairs, count, steps.Bytes.Start, offsets, sums.LeafAt(place, steps), steps.Numbers);
            }
        }
    }

    private static void Add(int columns, int* rows, Vector128<double>* pairs, int count, byte** bytes, double* scratch)
    {
        switch (columns)
        {
            case 1: Add<One>(rows, pairs, count, bytes, scratch); break;
            case 2: Add<Two>(rows, pairs, count, bytes, scratch); break;
            case 3: Add<Three>(rows, pairs, count, bytes, scratch); break;
            case 4: Add<Four>(rows, pairs, count, bytes, scratch); break;
            case 5: Add<Five>(rows, pairs, count, bytes, scratch); break;
            case 6: Add<Six>(rows, pairs, count, bytes, scratch); break;
            case 7: Add<Seven>(rows, pairs, count, bytes, scratch); break;
            default: Add<Eight>(rows, pairs, count, bytes, scratch); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TColumns>(int* rows, Vector128<double>* pairs, int count, byte** bytes, double* scratch)
        where TColumns : IConstant
    {
        int last = TColumns.Value - 1;
        byte* a = bytes[0], b = bytes[Math.Min(1, last)], c = bytes[Math.Min(2, last)], d = bytes[Math.Min(3, last)],
            e = bytes[Math.Min(4, last)], f = bytes[Math.Min(5, last)], g = bytes[Math.Min(6, last)], h = bytes[last];
        for (int i = 0; i < count; i++)
        {
            nint row = rows[i];
            Vector128<double> pair = pairs[i];
            Put(scratch, a[row], pair);
            if (TColumns.Value > 1) Put(scratch + ColumnDoubles, b[row], pair);
            if (TColumns.Value > 2) Put(scratch + (2 * ColumnDoubles), c[row], pair);
            if (TColumns.Value > 3) Put(scratch + (3 * ColumnDoubles), d[row], pair);
            if (TColumns.Value > 4) Put(scratch + (4 * ColumnDoubles), e[row], pair);
            if (TColumns.Value > 5) Put(scratch + (5 * ColumnDoubles), f[row], pair);
            if (TColumns.Value > 6) Put(scratch + (6 * ColumnDoubles), g[row], pair);
            if (TColumns.Value > 7) Put(scratch + (7 * ColumnDoubles), h[row], pair);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* cells, byte number, Vector128<double> pair)
    {
        double* cell = cells + ((nint)(uint)number * 2);
        (Vector128.Load(cell) + pair).Store(cell);
    }

    /// <summary>Adds what was summed for several numbers together to the cells of each, and clears it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HandOn(double* scratch, int used, uint* offsets, double* cells, int numbers)
    {
        for (int own = 0; own < used; own++)
        {
            var pair = Vector128.Load(scratch + (2 * own));
            Vector128<double>.Zero.Store(scratch + (2 * own));
            Share(cells, offsets[own], pair, numbers);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFew(int* rows, Vector128<double>* pairs, int count, byte* bytes, uint* offsets, double* cells, int numbers)
    {
        for (int i = 0; i < count; i++) Share(cells, offsets[bytes[rows[i]]], pairs[i], numbers);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Share(double* cells, uint offsets, Vector128<double> pair, int numbers)
    {
        Put(cells, offsets, pair);
        if (numbers > 1) Put(cells + NumberDoubles, offsets >> 8, pair);
        if (numbers > 2) Put(cells + (2 * NumberDoubles), offsets >> 16, pair);
        if (numbers > 3) Put(cells + (3 * NumberDoubles), offsets >> 24, pair);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* cells, uint offset, Vector128<double> pair)
    {
        double* cell = (double*)((byte*)cells + (nuint)(byte)offset);
        (Vector128.Load(cell) + pair).Store(cell);
    }
}
