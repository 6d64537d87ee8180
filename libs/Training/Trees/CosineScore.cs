namespace BatchScoring.Training.Trees;

/// <summary>How well splits part all leaves at once: the cosine between derivatives and the values that the leaves would get.</summary>
internal sealed class CosineScore : ISplitScore
{
    public const double Smallest = 1e-100;
    private readonly double[] _numerators, _squares;
    private readonly double _lambda;

    public CosineScore(int splits, double lambda)
    {
        (_numerators, _squares, _lambda) = (new double[splits], new double[splits], lambda);
        Array.Fill(_squares, Smallest);
    }

    public double this[int split] => _numerators[split] / Math.Sqrt(_squares[split]);

    public void Add(int split, Sums no, Sums yes)
    {
        double noValue = no.Average(_lambda), yesValue = yes.Average(_lambda);
        _numerators[split] += (noValue * no.Derivative) + (yesValue * yes.Derivative);
        _squares[split] += (noValue * noValue * no.Weight) + (yesValue * yesValue * yes.Weight);
    }
}
