using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Adds one row's leaves with AVX-512 VBMI: the row's answers are bits in eight registers, and the leaf numbers of 64 trees are found at a
/// time, bit by bit, by permutes. For symmetric trees of depth up to 6 and up to 4,096 masks. Immutable.
/// </summary>
internal sealed unsafe class PermutedRowTrees : RowTrees
{
    private const int MaxBits = 6;
    private const int MaxMasks = 4096;
    private const int Leaves = 1 << MaxBits;
    private const int Group = 64;
    private const int PairBytes = 128;

    private readonly int _trees;
    private readonly int _groups;
    private readonly int _words;
    private readonly AlignedMemory _steps;
    private readonly AlignedMemory _leaves;

    /// <summary>Prepares one output.</summary>
    public PermutedRowTrees(MaskPlan plan, int output)
    {
        _trees = plan.Trees.Length;
        _groups = (plan.Trees.Length + Group - 1) / Group;
        _words = (plan.QuestionMasks + Group - 1) / Group;
        _steps = new((long)_groups * MaxBits * sizeof(Step));
        _leaves = new((long)_groups * Group * Leaves * sizeof(double));
        for (int i = 0; i < plan.Trees.Length; i++)
        {
            MaskTree tree = plan.Trees[i];
            tree.Leaves[output].CopyTo(new Span<double>((double*)_leaves.Start + (i * Leaves), Leaves));
            for (int k = 0; k < tree.Bits.Length; k++) ((Step*)_steps.Start)[((i / Group) * MaxBits) + k].Set(i % Group, tree.Bits[k]);
        }
    }

    /// <summary>Whether the processor and the model fit.</summary>
    public static bool Fits(MaskPlan plan) =>
        Avx512Vbmi.IsSupported && plan.QuestionMasks <= MaxMasks
        && Array.TrueForAll(plan.Trees, tree => tree.Bits.Length <= MaxBits && tree.Nodes.Length == 0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Sum(byte* answers)
    {
        ulong* bits = stackalloc ulong[MaxMasks / Group];
        for (int i = 0; i < _words; i++)
            bits[i] = Vector512.GreaterThan(Vector512.Load(answers + (i * Group)), Vector512<byte>.Zero).ExtractMostSignificantBits();
        byte* numbers = stackalloc byte[Group];
        double sum = 0.0;
        var step = (Step*)_steps.Start;
        double* leaves = (double*)_leaves.Start;
        for (int group = 0; group < _groups; group++)
        {
            LeafNumbers(bits, step).Store(numbers);
            for (int tree = 0; tree < Math.Min(Group, _trees - (group * Group)); tree += 8)
            {
                // Behind the last tree zeros are added, which change no sum: a sum that began with +0 is never -0.
                ulong eight = *(ulong*)(numbers + tree);
                sum += leaves[(byte)eight];
                sum += leaves[Leaves + (byte)(eight >> 8)];
                sum += leaves[(2 * Leaves) + (byte)(eight >> 16)];
                sum += leaves[(3 * Leaves) + (byte)(eight >> 24)];
                sum += leaves[(4 * Leaves) + (byte)(eight >> 32)];
                sum += leaves[(5 * Leaves) + (byte)(eight >> 40)];
                sum += leaves[(6 * Leaves) + (byte)(eight >> 48)];
                sum += leaves[(7 * Leaves) + (byte)(eight >> 56)];
                leaves += 8 * Leaves;
            }

            step += MaxBits;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> LeafNumbers(ulong* bits, Step* step)
    {
        byte* bytes = (byte*)bits;
        Vector512<byte> numbers = Vector512<byte>.Zero;
        for (int k = 0; k < MaxBits; k++)
        {
            var place = Vector512.Load(step->Place);
            Vector512<byte> quarter0 = Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(bytes), place, Vector512.Load(bytes + 64));
            Vector512<byte> quarter1 = Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(bytes + 128), place, Vector512.Load(bytes + 192));
            Vector512<byte> quarter2 = Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(bytes + 256), place, Vector512.Load(bytes + 320));
            Vector512<byte> quarter3 = Avx512Vbmi.PermuteVar64x8x2(Vector512.Load(bytes + 384), place, Vector512.Load(bytes + 448));
            var isOdd = Vector512.Load(step->IsOddQuarter);
            var found = Vector512.ConditionalSelect(
                Vector512.Load(step->IsHighHalf),
                Vector512.ConditionalSelect(isOdd, quarter3, quarter2),
                Vector512.ConditionalSelect(isOdd, quarter1, quarter0));
            Vector512<byte> answer = ~Vector512.Equals(found & Vector512.Load(step->Bit), Vector512<byte>.Zero);
            numbers |= answer & Vector512.Create((byte)(1 << k));
            step++;
        }

        return numbers;
    }

    /// <summary>Where one bit of the leaf numbers of 64 trees comes from. Trees without the bit have no bit to test.</summary>
    private struct Step
    {
        /// <summary>Byte within a quarter, which is two registers.</summary>
        public fixed byte Place[Group];

        /// <summary>All ones: the quarter is the second or fourth.</summary>
        public fixed byte IsOddQuarter[Group];

        /// <summary>All ones: the quarter is the third or fourth.</summary>
        public fixed byte IsHighHalf[Group];

        /// <summary>The bit within the byte.</summary>
        public fixed byte Bit[Group];

        public void Set(int tree, int mask)
        {
            (int place, int bit) = Math.DivRem(mask, 8);
            int quarter = place / PairBytes;
            Place[tree] = (byte)(place % PairBytes);
            IsOddQuarter[tree] = (byte)-(quarter & 1);
            IsHighHalf[tree] = (byte)-(quarter >> 1);
            Bit[tree] = (byte)(1 << bit);
        }
    }
}
