using System.Numerics;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Turns a non-symmetric tree into a table look-up: numbers the leaves from left to right and finds, bottom up, each bit of the leaf number
/// as a choice between the bits of the two sides. Numbered so, both sides of a low node agree in all high bits, so few choices remain.
/// </summary>
internal sealed class NodeTreeCompiler
{
    /// <summary>
    /// A tree with more choices than this (8 MB of masks) is not turned into a table. CatBoost grows none: its deepest, of depth 16, needs
    /// half of that.
    /// </summary>
    public const int MaxChoices = 1 << 17;

    private readonly CatBoostModel _model;
    private readonly NonSymmetricTrees _trees;
    private readonly int _root;
    private readonly int[] _leafNumbers;
    private readonly bool[] _reached;
    private readonly List<int> _leafNodes = [];
    private readonly List<Choice> _choices = [];

    private NodeTreeCompiler(CatBoostModel model, int root, int nodes)
    {
        _model = model;
        _trees = model.NonSymmetric!;
        _root = root;
        _leafNumbers = new int[nodes];
        _reached = new bool[nodes];
        Array.Fill(_leafNumbers, -1);
        NumberLeaves();
    }

    /// <summary>Makes the table.</summary>
    /// <param name="model">A model with non-symmetric trees.</param>
    /// <param name="root">The tree's first node.</param>
    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="maskOf">The mask of a split.</param>
    /// <param name="firstChoice">The first mask number that choices may use.</param>
    public static MaskTree Compile(CatBoostModel model, int root, int nodes, Func<int, int> maskOf, int firstChoice)
    {
        var compiler = new NodeTreeCompiler(model, root, nodes);
        int[]? bits = compiler.FindBits(maskOf, firstChoice);
        return bits is null
            ? new([], compiler.Leaves(compiler._leafNodes.Count), [], compiler.Steps(maskOf), IsTable: false)
            : new(bits, compiler.Leaves(1 << bits.Length), [.. compiler._choices], compiler.Steps(maskOf));
    }

    /// <summary>Depth first, the no side first; with a stack of its own, since a chain of nodes may be long.</summary>
    private void NumberLeaves()
    {
        var pending = new Stack<(int Node, bool IsLeaf)>();
        pending.Push((0, false));
        while (pending.TryPop(out (int Node, bool IsLeaf) next))
        {
            if (next.IsLeaf)
            {
                if (_leafNumbers[next.Node] >= 0) continue;
                _leafNumbers[next.Node] = _leafNodes.Count;
                _leafNodes.Add(next.Node);
                continue;
            }

            if (_reached[next.Node]) continue;
            _reached[next.Node] = true;
            TreeNode step = _trees.Nodes[_root + next.Node];
            pending.Push((next.Node + step.Right, step.Right == 0));
            pending.Push((next.Node + step.Left, step.Left == 0));
        }
    }

    /// <summary>
    /// Children stand behind their parents, so one walk from the last node to the root finds all. Null: too many choices.
    /// </summary>
    private int[]? FindBits(Func<int, int> maskOf, int firstChoice)
    {
        int count = BitOperations.Log2((uint)Math.Max(1, _leafNodes.Count - 1)) + (_leafNodes.Count > 1 ? 1 : 0);
        if (_leafNodes.Count > MaxChoices) return null;
        int[][] found = new int[_reached.Length][];
        for (int node = _reached.Length - 1; node >= 0; node--)
        {
            if (!_reached[node]) continue;
            TreeNode step = _trees.Nodes[_root + node];
            int[] no = step.Left == 0 ? Constant(_leafNumbers[node], count) : found[node + step.Left];
            int[] yes = step.Right == 0 ? Constant(_leafNumbers[node], count) : found[node + step.Right];
            found[node] = step is { Left: 0, Right: 0 } ? no : Choose(maskOf(_trees.Splits[_root + node]), yes, no, firstChoice);
            if (_choices.Count > MaxChoices) return null;
        }

        return found[0];
    }

    private static int[] Constant(int number, int count)
    {
        int[] bits = new int[count];
        for (int k = 0; k < count; k++) bits[k] = (number >> k & 1) == 1 ? MaskPlan.Ones : MaskPlan.Zeros;
        return bits;
    }

    private int[] Choose(int question, int[] yes, int[] no, int firstChoice)
    {
        int[] bits = new int[yes.Length];
        for (int k = 0; k < bits.Length; k++)
        {
            if (yes[k] == no[k])
            {
                bits[k] = yes[k];
            }
            else if (yes[k] == MaskPlan.Ones && no[k] == MaskPlan.Zeros)
            {
                bits[k] = question;
            }
            else
            {
                bits[k] = firstChoice + _choices.Count;
                _choices.Add(new(bits[k], question, yes[k], no[k]));
            }
        }

        return bits;
    }

    private NodeStep[] Steps(Func<int, int> maskOf)
    {
        if (_leafNodes.Count == 1) return [];
        var steps = new NodeStep[_reached.Length];
        for (int node = 0; node < steps.Length; node++)
        {
            if (!_reached[node]) continue;
            int leaf = ~_leafNumbers[node];
            steps[node] = _trees.Nodes[_root + node] switch
            {
                { Left: 0, Right: 0 } => new(MaskPlan.Zeros, leaf, leaf),
                var (left, right) =>
                    new(maskOf(_trees.Splits[_root + node]), left == 0 ? leaf : node + left, right == 0 ? leaf : node + right),
            };
        }

        return steps;
    }

    private double[][] Leaves(int count)
    {
        double[][] leaves = new double[_model.OutputCount][];
        for (int output = 0; output < leaves.Length; output++)
        {
            leaves[output] = new double[count];
            for (int leaf = 0; leaf < _leafNodes.Count; leaf++)
                leaves[output][leaf] = _model.LeafValues[(int)_trees.LeafOffsets[_root + _leafNodes[leaf]] + output];
        }

        return leaves;
    }
}
