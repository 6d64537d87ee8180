using System.Runtime.Intrinsics;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Rows of a sample sorted by leaf, those of a leaf in their own order: all of them before the first split, then those of the side with
/// fewer rows, by the leaf that they were in before.
/// </summary>
internal sealed unsafe class LeafRows
{
    private readonly int _outputs;
    private readonly PinnedBuffer<int> _rows;
    private readonly PinnedBuffer<Vector128<double>>[] _pairs;
    private readonly int[] _starts, _next, _counts;
    private int _side;

    /// <param name="rows">Of a sample at most.</param>
    /// <param name="leaves">Before a split at most.</param>
    /// <param name="outputs">Derivatives per row.</param>
    public LeafRows(int rows, int leaves, int outputs)
    {
        _outputs = outputs;
        (_starts, _next, _counts) = (new int[leaves], new int[leaves], new int[2 * leaves]);
        _rows = new PinnedBuffer<int>((long)rows + leaves + PairSums.Ahead);
        new Span<int>(Rows, (int)_rows.Count).Clear();
        _pairs = [.. Enumerable.Range(0, outputs).Select(_ => new PinnedBuffer<Vector128<double>>((long)rows + leaves))];
    }

    /// <summary>Leaves before the split.</summary>
    public int Leaves { get; private set; }

    /// <summary>Whether the side with fewer rows is the one where the split is true.</summary>
    public bool IsTrueSide { get; private set; }

    /// <summary>Row numbers, readable for some more than there are.</summary>
    public int* Rows => _rows.Start;

    /// <summary>Derivative and weight of every row.</summary>
    public Vector128<double>* Pairs(int output) => _pairs[output].Start;

    public int StartOf(int leaf) => _starts[leaf];

    public int CountOf(int leaf) => _counts[_side + leaf];

    public void Take(RowSample sample)
    {
        Prepare(leaves: 1);
        _starts[0] = 0;
        (_counts[0], _side) = (sample.Count, 0);
        sample.Rows.AsSpan(0, sample.Count).CopyTo(new Span<int>(Rows, sample.Count));
        for (int output = 0; output < _outputs; output++)
        {
            double[] derivatives = sample.Derivatives[output];
            Vector128<double>* pairs = Pairs(output);
            for (int i = 0; i < sample.Count; i++) pairs[i] = Vector128.Create(derivatives[i], sample.Weights[i]);
        }
    }

    /// <param name="sample">All rows.</param>
    /// <param name="leaves">By row of the table, the split in them.</param>
    /// <param name="bit">The split's.</param>
    public void TakeSmaller(RowSample sample, ReadOnlySpan<int> leaves, int bit)
    {
        Prepare(1 << bit);
        foreach (int row in sample.Rows.AsSpan(0, sample.Count)) _counts[leaves[row]]++;
        int yes = 0;
        for (int leaf = Leaves; leaf < 2 * Leaves; leaf++) yes += _counts[leaf];
        IsTrueSide = 2 * yes <= sample.Count;
        _side = IsTrueSide ? Leaves : 0;
        // A place more than its rows for every leaf, since rows of the other side are written there as well.
        for (int leaf = 0, start = 0; leaf < Leaves; start += _counts[_side + leaf++] + 1) _starts[leaf] = start;
        for (int output = 0; output < _outputs; output++) Place(sample, output, leaves, bit);
    }

    /// <summary>All rows by their leaves after some splits.</summary>
    public void TakeAll(RowSample sample, ReadOnlySpan<int> leaves, int count)
    {
        Prepare(count);
        _side = 0;
        foreach (int row in sample.Rows.AsSpan(0, sample.Count)) _counts[leaves[row]]++;
        for (int leaf = 0, start = 0; leaf < count; start += _counts[leaf++]) _starts[leaf] = start;
        for (int output = 0; output < _outputs; output++)
        {
            _starts.AsSpan(0, count).CopyTo(_next);
            Vector128<double>* pairs = Pairs(output);
            double[] derivatives = sample.Derivatives[output];
            for (int i = 0; i < sample.Count; i++)
            {
                int row = sample.Rows[i], place = _next[leaves[row]]++;
                Rows[place] = row;
                pairs[place] = Vector128.Create(derivatives[i], sample.Weights[i]);
            }
        }
    }

    private void Place(RowSample sample, int output, ReadOnlySpan<int> leaves, int bit)
    {
        int other = IsTrueSide ? 0 : 1, own = Leaves - 1;
        _starts.AsSpan(0, Leaves).CopyTo(_next);
        Vector128<double>* pairs = Pairs(output);
        double[] derivatives = sample.Derivatives[output];
        for (int i = 0; i < sample.Count; i++)
        {
            int row = sample.Rows[i], leaf = leaves[row];
            ref int place = ref _next[leaf & own];
            Rows[place] = row;
            pairs[place] = Vector128.Create(derivatives[i], sample.Weights[i]);
            place += (leaf >> bit) ^ other;
        }
    }

    private void Prepare(int leaves)
    {
        Leaves = leaves;
        Array.Clear(_counts);
    }
}
