using System.Runtime.CompilerServices;
using BatchScoring.Training.Ctrs;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Sums of projections that a pass over the rows fills together: all new on a level, or all kept from the one before. A row adds to one
/// cell for all numbers of a projection; what a leaf's rows came to is handed on to the cells of each number.
/// </summary>
internal sealed unsafe class CtrBatch
{
    /// <summary>Cells of scratch, all 0 between two uses.</summary>
    public const int ScratchSize = Columns * ColumnCells;

    private const int Columns = 8, NumberCells = JointSteps.Bins, ColumnCells = 256;

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
    /// <param name="rough">The rows: all for what is new, those of the smaller side for what is kept.</param>
    /// <param name="places">Where the cells of every leaf are.</param>
    /// <param name="level">Splits of the tree so far.</param>
    /// <param name="exact">Makes scores exact.</param>
    /// <param name="scratch">Of <see cref="ScratchSize"/>, all 0.</param>
    public void Level(RoughRows rough, int[] places, int level, ExactSums exact, long* scratch)
    {
        CtrSums[] sums = [.. _columns.Select(column => column.Sums).Distinct()];
        if (sums[0].IsKept)
        {
            LeafRows<long> smaller = rough.Smaller;
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
            for (int leaf = 0; leaf < rough.All.Leaves; leaf++)
            {
                foreach (CtrSums one in sums) one.Clear(places[leaf]);
                Sum(rough.All, leaf, places[leaf], scratch);
            }
        }

        foreach (CtrSums one in sums) one.Score(rough, places, level, exact);
    }

    private void Sum(LeafRows<long> rows, int leaf, int place, long* scratch)
    {
        int* first = rows.Rows + rows.StartOf(leaf);
        long* pairs = rows.Pairs(0) + rows.StartOf(leaf);
        int count = rows.CountOf(leaf);
        if (count > FewRows)
        {
            byte** bytes = stackalloc byte*[_columns.Count];
            for (int column = 0; column < _columns.Count; column++) bytes[column] = _columns[column].Steps.Bytes.Start;
            Add(_columns.Count, first, pairs, count, bytes, scratch);
        }

        for (int column = 0; column < _columns.Count; column++)
        {
            (CtrSums sums, JointSteps joint) = _columns[column];
            fixed (uint* steps = joint.Steps)
            {
                if (count > FewRows) HandOn(scratch + (column * ColumnCells), joint.Used, steps, sums.LeafAt(place, joint), joint.Numbers);
                else AddFew(first, pairs, count, joint.Bytes.Start, steps, sums.LeafAt(place, joint), joint.Numbers);
            }
        }
    }

    private static void Add(int columns, int* rows, long* pairs, int count, byte** bytes, long* scratch)
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
    private static void Add<TColumns>(int* rows, long* pairs, int count, byte** bytes, long* scratch)
        where TColumns : IConstant
    {
        int last = TColumns.Value - 1;
        byte* a = bytes[0], b = bytes[Math.Min(1, last)], c = bytes[Math.Min(2, last)], d = bytes[Math.Min(3, last)],
            e = bytes[Math.Min(4, last)], f = bytes[Math.Min(5, last)], g = bytes[Math.Min(6, last)], h = bytes[last];
        for (int i = 0; i < count; i++)
        {
            nint row = rows[i];
            long pair = pairs[i];
            Put(scratch, a[row], 0, pair);
            if (TColumns.Value > 1) Put(scratch, b[row], ColumnCells, pair);
            if (TColumns.Value > 2) Put(scratch, c[row], (2 * ColumnCells), pair);
            if (TColumns.Value > 3) Put(scratch, d[row], (3 * ColumnCells), pair);
            if (TColumns.Value > 4) Put(scratch, e[row], (4 * ColumnCells), pair);
            if (TColumns.Value > 5) Put(scratch, f[row], (5 * ColumnCells), pair);
            if (TColumns.Value > 6) Put(scratch, g[row], (6 * ColumnCells), pair);
            if (TColumns.Value > 7) Put(scratch, h[row], (7 * ColumnCells), pair);
        }
    }

    /// <summary>As in <see cref="PairSums"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(long* cells, nint cell, nint offset, long pair) =>
        *(long*)((byte*)cells + (cell * sizeof(long)) + (offset * sizeof(long))) =
            *(long*)((byte*)cells + (cell * sizeof(long)) + (offset * sizeof(long))) + pair;

    /// <summary>Adds what was summed for several numbers together to the cells of each, and clears it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HandOn(long* scratch, int used, uint* steps, long* cells, int numbers)
    {
        for (int own = 0; own < used; own++)
        {
            long pair = scratch[own];
            scratch[own] = 0;
            Share(cells, steps[own], pair, numbers);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFew(int* rows, long* pairs, int count, byte* bytes, uint* steps, long* cells, int numbers)
    {
        for (int i = 0; i < count; i++) Share(cells, steps[bytes[rows[i]]], pairs[i], numbers);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Share(long* cells, uint steps, long pair, int numbers)
    {
        Put(cells, (byte)steps, 0, pair);
        if (numbers > 1) Put(cells, (byte)(steps >> 8), NumberCells, pair);
        if (numbers > 2) Put(cells, (byte)(steps >> 16), (2 * NumberCells), pair);
        if (numbers > 3) Put(cells, (byte)(steps >> 24), (3 * NumberCells), pair);
    }
}
