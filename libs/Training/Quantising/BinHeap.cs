namespace BatchScoring.Training.Quantising;

/// <summary>
/// The largest gain first; among equal ones in the order of libc++: a popped root's hole sinks along the larger children (the left of
/// equal ones) to the bottom, and the last element rises from there.
/// </summary>
internal sealed class BinHeap
{
    private readonly List<Bin> _bins = [];

    public int Count => _bins.Count;

    public Bin Top => _bins[0];

    public IReadOnlyList<Bin> Bins => _bins;

    public void Push(Bin bin)
    {
        _bins.Add(bin);
        Rise(_bins.Count - 1);
    }

    public Bin Pop()
    {
        Bin top = _bins[0];
        int hole = 0, last = _bins.Count - 1;
        for (int child = 1; child < _bins.Count; child = (2 * hole) + 1)
        {
            if (child < last && _bins[child].Score < _bins[child + 1].Score) child++;
            _bins[hole] = _bins[child];
            hole = child;
        }

        if (hole != last)
        {
            _bins[hole] = _bins[last];
            Rise(hole);
        }

        _bins.RemoveAt(last);
        return top;
    }

    private void Rise(int at)
    {
        Bin bin = _bins[at];
        for (int parent = (at - 1) / 2; at > 0 && _bins[parent].Score < bin.Score; parent = (at - 1) / 2)
        {
            _bins[at] = _bins[parent];
            at = parent;
        }

        _bins[at] = bin;
    }
}

/// <summary>A range of sorted values and where it would be split.</summary>
/// <param name="Start">First value.</param>
/// <param name="End">Behind the last.</param>
/// <param name="Split">First value of the second half.</param>
/// <param name="Score">What the split gains.</param>
internal readonly record struct Bin(int Start, int End, int Split, double Score)
{
    public bool IsSplittable => Split != Start && Split != End;
}
