using BatchScoring.Training.Random;

namespace BatchScoring.Training.Trees;

/// <summary>What the splits of a candidate are worth on a level.</summary>
internal sealed class CandidateScores(Candidate candidate)
{
    private static readonly HashSet<int> None = [];
    private HashSet<int> _left = None;
    private IExactScores? _exact;
    private int _level;

    public Candidate Candidate => candidate;

    /// <summary>One per split; of those that are not chosen too.</summary>
    public double[] Values { get; } = new double[candidate.Splits.Length];

    /// <summary>Values are right within a margin.</summary>
    /// <param name="exact">Makes them exact.</param>
    /// <param name="level">That the values are of.</param>
    public void MayBeMadeExact(IExactScores exact, int level) => (_exact, _level) = (exact, level);

    public bool IsExact => _exact is null;

    /// <summary>Makes values that are off by no more than what sums in another order differ by.</summary>
    public void MakeFine()
    {
        if (_exact is not { } exact) return;
        exact.Set(this, _level, areFine: true);
        _exact = exact; // their last digits are open still
    }

    public void MakeExact() => _exact?.Set(this, _level, areFine: false);

    /// <summary>Makes the exact value that a split has now, also when other levels came since; while values are not exact.</summary>
    public Func<double> ExactValue(int split)
    {
        (IExactScores exact, int level) = (_exact!, _level);
        return () =>
        {
            CandidateScores then = new(candidate);
            exact.Set(then, level, areFine: false);
            return then.Values[split];
        };
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
        (Highest, _exact) = (double.NegativeInfinity, null);
        for (int split = 0; split < Values.Length; split++)
        {
            Values[split] = score[split];
            if (IsChosen(split)) Highest = Math.Max(Highest, Values[split]);
        }
    }

    /// <summary>Sets all values to the quotients of sums and the roots of others; all splits are chosen.</summary>
    public unsafe void Set(double* numerators, double* squares) =>
        (Highest, _exact) = (BorderScores.Finish(numerators, squares, Values), null);

    /// <summary>Sets all values to the cosine of packed sums, of which scores are right within a margin; all splits are chosen.</summary>
    /// <param name="leaves">Cells of each, and so many beyond that they fill vectors.</param>
    /// <param name="rough">The rows that were summed.</param>
    public unsafe void SetRough(long** leaves, RoughRows rough)
    {
        int size = RoughScores.SumsOf(candidate.BinCount);
        float* sums = stackalloc float[2 * size];
        new Span<float>(sums, 2 * size).Clear();
        ReadOnlySpan<int> filled = rough.Filled;
        for (int i = 0; i < filled.Length; i += 2)
        {
            int a = filled[i], b = i + 1 < filled.Length ? filled[i + 1] : -1;
            RoughScores.Add(leaves[a], b < 0 ? (long*)PairSums.NoRows : leaves[b], rough.Totals[a], b < 0 ? 0 : rough.Totals[b],
                candidate.BinCount - 1, rough.Pull, sums, sums + size);
        }

        Highest = RoughScores.Finish(sums, sums + size, rough.Unit, Values);
    }

    /// <summary>Sets all values to the cosine of exact sums; all splits are chosen.</summary>
    /// <param name="leaves">Cells of each; if they are odd, an empty one comes after them.</param>
    /// <param name="count">How many leaves.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    public unsafe void Set(double** leaves, int count, double lambda)
    {
        if (candidate is BorderCandidate or CtrCandidate)
        {
            double* sums = stackalloc double[2 * (candidate.BinCount + 1)];
            BorderScores.Clear(sums, candidate.BinCount + 1);
            BorderScores.Add(leaves, count, candidate.BinCount - 1, lambda, sums, sums + candidate.BinCount + 1);
            Set(sums, sums + candidate.BinCount + 1);
            return;
        }

        CosineScore score = new(Values.Length, lambda);
        for (int leaf = 0; leaf < count; leaf++) candidate.Score(new ReadOnlySpan<Sums>(leaves[leaf], candidate.BinCount), score);
        Set(score);
    }

    public bool IsChosen(int split) => _left.Count == 0 || !_left.Contains(candidate.Splits[split].Column);
}

/// <summary>Makes scores of a candidate that are right within a margin exact.</summary>
internal interface IExactScores
{
    /// <param name="scores">Set.</param>
    /// <param name="level">Whose scores are wanted: this one, or one before it in the same tree.</param>
    /// <param name="areFine">Whether sums in another order than CatBoost's do: they are made in one pass.</param>
    void Set(CandidateScores scores, int level, bool areFine);
}
