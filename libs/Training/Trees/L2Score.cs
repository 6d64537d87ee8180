namespace BatchScoring.Training.Trees;

/// <summary>What the squared error falls by.</summary>
internal sealed class L2Score(int splits, double lambda) : ISplitScore
{
    private readonly double[] _sums = new double[splits];

    public double this[int split] => _sums[split];

    public void Add(int split, Sums no, Sums yes)
    {
        _sums[split] += yes.Average(lambda) * yes.Derivative;
        _sums[split] += no.Average(lambda) * no.Derivative;
    }
}
