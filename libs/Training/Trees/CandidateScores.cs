using BatchScoring.Training.Random;

namespace BatchScoring.Training.Trees;

/// <summary>What the splits of a candidate are worth on a level.</summary>
internal sealed class CandidateScores(Candidate candidate)
{
    private static readonly HashSet<int> None = [];
    private HashSet<int> _left = None;

    public Candidate Candidate => candidate;

    /// <summary>One per split; of those that are not chosen too.</summary>
    public double[] Values { get; } = new double[candidate.Splits.Length];

    /// <summary>Sets values that are right but for their last digits as CatBoost has them; null where they are.</summary>
    public Action? Exactly { private get; set; }

    public void MakeExact()
    {
        Exactly?.Invoke();
        Exactly = null;
    }

    /// <summary>Draws for every column whether it is looked at on this level.</summary>
    public void Choose(CatBoostRandom random, float share)
    {
        _left = [];
        foreach (int column in candidate.Splits.Select(split => split.Column).Distinct())
            if (!(random.NextReal() <= share)) _left.Add(column);
    }

    /// <summary>Whether a column of it is looked at.</summary>
    public bool IsPresent => _left.Count == 0 || _left.Count < candidate.Columns;

    /// <summary>How many splits are chosen.</summary>
    public int ChosenCount => _left.Count == 0 ? Values.Length : Enumerable.Range(0, Values.Length).Count(IsChosen);

    /// <summary>The best of the splits that are chosen; NaN if one of them is.</summary>
    public double Highest { get; private set; }

    /// <summary>Sets all values.</summary>
    public void Set(ISplitScore score)
    {
        Highest = double.NegativeInfinity;
        for (int split = 0; split < Values.Length; split++)
        {
            Values[split] = score[split];
            if (IsChosen(split)) Highest = Math.Max(Highest, Values[split]);
        }
    }

    /// <summary>Sets all values to the quotients of sums and the roots of others; all splits are chosen.</summary>
    public unsafe void Set(double* numerators, double* squares) => Highest = BorderScores.Finish(numerators, squares, Values);

    public bool IsChosen(int split) => _left.Count == 0 || !_left.Contains(candidate.Splits[split].Column);
}
