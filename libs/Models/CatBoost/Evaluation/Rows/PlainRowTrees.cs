using System.Runtime.CompilerServices;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Adds one row's leaves, tree after tree. The chain of additions is what takes the time; the leaf numbers of later trees are found
/// meanwhile, since the processor looks far enough ahead. Immutable.
/// </summary>
internal sealed unsafe class PlainRowTrees : RowTrees
{
    private const int UsualBits = 6;

    private readonly AlignedMemory _leaves;
    private readonly long[] _starts;
    private readonly int[] _bits;
    private readonly int[] _depths;
    private readonly NodeStep[][] _nodes;
    private readonly bool _areUsual;

    /// <summary>Copies one output's leaves.</summary>
    public PlainRowTrees(MaskTree[] trees, int output)
    {
        _starts = new long[trees.Length];
        _depths = new int[trees.Length];
        _nodes = new NodeStep[trees.Length][];
        _areUsual = Array.TrueForAll(trees, tree => tree.Bits.Length == UsualBits && tree.Nodes.Length == 0);
        var bits = new List<int>();
        long count = 0L;
        for (int i = 0; i < trees.Length; i++)
        {
            _starts[i] = count;
            _depths[i] = trees[i].Bits.Length;
            _nodes[i] = trees[i].Nodes;
            bits.AddRange(trees[i].Nodes.Length == 0 ? trees[i].Bits : []);
            count += trees[i].Leaves[output].Length;
        }

        _bits = [.. bits];
        _leaves = new(count * sizeof(double));
        for (int i = 0; i < trees.Length; i++)
            trees[i].Leaves[output].CopyTo(new Span<double>((double*)_leaves.Start + _starts[i], trees[i].Leaves[output].Length));
    }

    /// <inheritdoc/>
    public override double Sum(byte* answers) => _areUsual ? SumUsual(answers) : SumAny(answers);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumUsual(byte* answers)
    {
        double sum = 0.0;
        fixed (int* allBits = _bits)
        {
            int* bits = allBits;
            double* leaves = (double*)_leaves.Start;
            for (int* end = bits + _bits.Length; bits < end; bits += UsualBits)
            {
                int leaf = answers[bits[0]] + (answers[bits[1]] * 2) + (answers[bits[2]] * 4)
                    + ((answers[bits[3]] + (answers[bits[4]] * 2) + (answers[bits[5]] * 4)) * 8);
                sum += leaves[leaf];
                leaves += 1 << UsualBits;
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumAny(byte* answers)
    {
        double sum = 0.0;
        int next = 0;
        for (int tree = 0; tree < _starts.Length; tree++)
        {
            int leaf = 0;
            if (_nodes[tree].Length > 0)
            {
                leaf = Walk(_nodes[tree], answers);
            }
            else
            {
                for (int k = 0; k < _depths[tree]; k++) leaf |= answers[_bits[next++]] << k;
            }

            sum += ((double*)_leaves.Start)[_starts[tree] + leaf];
        }

        return sum;
    }

    private static int Walk(NodeStep[] nodes, byte* answers)
    {
        int node = 0;
        while (node >= 0)
        {
            NodeStep step = nodes[node];
            node = answers[step.Question] != 0 ? step.Yes : step.No;
        }

        return ~node;
    }
}
