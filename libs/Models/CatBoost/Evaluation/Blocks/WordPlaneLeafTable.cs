using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Leaves of trees with up to 64 leaves, looked up in registers: the doubles are split into four planes of 16-bit words, a plane of 64
/// words fills two registers, and one permute looks 32 rows up. Interleaving the planes gives back the exact doubles.
/// </summary>
/// <remarks>
/// A register of 64 index bytes is 32 words: as a permute looks at the low six bits only, its low bytes are the indices of the even rows,
/// and shifted by eight those of the odd rows. Permutes and interleaving leave the sums in an order of their own
/// (<see cref="SumPlaceOf"/>), which is undone when a pass ends.
/// </remarks>
internal sealed unsafe class WordPlaneLeafTable : LeafTable
{
    /// <summary>The deepest tree.</summary>
    public const int MaxBits = 6;

    private const int Leaves = 1 << MaxBits;
    private const int Planes = sizeof(double) / sizeof(ushort);
    private const int RegisterWords = 32;
    private const int TableWords = Leaves * Planes;

    private readonly AlignedMemory _memory;
    private readonly int _trees;

    /// <summary>Splits the leaves into planes.</summary>
    public WordPlaneLeafTable(ReadOnlySpan<MaskTree> trees, int output)
    {
        _trees = trees.Length;
        _memory = new((long)_trees * TableWords * sizeof(ushort));
        ushort* words = (ushort*)_memory.Start;
        foreach (MaskTree tree in trees)
        {
            double[] leaves = tree.Leaves[output];
            for (int leaf = 0; leaf < leaves.Length; leaf++)
                for (int plane = 0; plane < Planes; plane++)
                    words[(plane * Leaves) + leaf] = (ushort)(BitConverter.DoubleToUInt64Bits(leaves[leaf]) >> (16 * plane));
            words += TableWords;
        }
    }

    /// <summary>Which of a pass's sums is a row's.</summary>
    public static int SumPlaceOf(int row)
    {
        int inUnit = row % MaskKernels.UnitRows;
        int isOdd = inUnit & 1;
        int inPair = (inUnit >> 1) & 1;
        int register = (inUnit >> 2) & 3;
        int lane = inUnit >> 4;
        return row - inUnit + (32 * isOdd) + (8 * register) + (2 * lane) + inPair;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(byte* indices, int units, double* sums)
    {
        for (int unit = 0; unit < units; unit++)
        {
            AddUnit(indices, (ushort*)_memory.Start, _trees, sums);
            indices += MaskKernels.UnitRows;
            sums += MaskKernels.UnitRows;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddUnit(byte* indices, ushort* table, int trees, double* sums)
    {
        var even0 = Vector512.Load(sums);
        var even1 = Vector512.Load(sums + 8);
        var even2 = Vector512.Load(sums + 16);
        var even3 = Vector512.Load(sums + 24);
        var odd0 = Vector512.Load(sums + 32);
        var odd1 = Vector512.Load(sums + 40);
        var odd2 = Vector512.Load(sums + 48);
        var odd3 = Vector512.Load(sums + 56);
        for (int tree = 0; tree < trees; tree++)
        {
            Vector512<ushort> evenRows = Vector512.Load(indices).AsUInt16();
            Vector512<ushort> oddRows = evenRows >>> 8;
            AddRows(table, evenRows, ref even0, ref even1, ref even2, ref even3);
            AddRows(table, oddRows, ref odd0, ref odd1, ref odd2, ref odd3);
            indices += MaskKernels.PassRows;
            table += TableWords;
        }

        even0.Store(sums);
        even1.Store(sums + 8);
        even2.Store(sums + 16);
        even3.Store(sums + 24);
        odd0.Store(sums + 32);
        odd1.Store(sums + 40);
        odd2.Store(sums + 48);
        odd3.Store(sums + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRows(
        ushort* table,
        Vector512<ushort> rows,
        ref Vector512<double> sum0,
        ref Vector512<double> sum1,
        ref Vector512<double> sum2,
        ref Vector512<double> sum3)
    {
        Vector512<ushort> word0 = LookUp(table, rows);
        Vector512<ushort> word1 = LookUp(table + Leaves, rows);
        Vector512<ushort> word2 = LookUp(table + (2 * Leaves), rows);
        Vector512<ushort> word3 = LookUp(table + (3 * Leaves), rows);
        Vector512<uint> low0 = Avx512BW.UnpackLow(word0, word1).AsUInt32();
        Vector512<uint> low1 = Avx512BW.UnpackHigh(word0, word1).AsUInt32();
        Vector512<uint> high0 = Avx512BW.UnpackLow(word2, word3).AsUInt32();
        Vector512<uint> high1 = Avx512BW.UnpackHigh(word2, word3).AsUInt32();
        sum0 += Avx512F.UnpackLow(low0, high0).AsDouble();
        sum1 += Avx512F.UnpackHigh(low0, high0).AsDouble();
        sum2 += Avx512F.UnpackLow(low1, high1).AsDouble();
        sum3 += Avx512F.UnpackHigh(low1, high1).AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ushort> LookUp(ushort* plane, Vector512<ushort> rows) =>
        Avx512BW.PermuteVar32x16x2(Vector512.Load(plane), rows, Vector512.Load(plane + RegisterWords));
}
