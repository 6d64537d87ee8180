using BatchScoring.Training.Ctrs;

namespace BatchScoring.Training.Trees;

/// <summary>
/// The sums of all numbers made of one projection, in any order of additions: their scores are right but for their last digits, and are
/// made exact where those may decide.
/// </summary>
/// <param name="joint">What rows have of them; a cell lies in the order of these.</param>
/// <param name="scores">Of the numbers.</param>
/// <param name="cells">Of <see cref="Size"/>; used until the projection is no candidate any more.</param>
/// <param name="isAnew">Whether CatBoost sums it anew on every level.</param>
internal sealed unsafe class CtrSums(JointSteps[] joint, CandidateScores[] scores, PinnedBuffer<double> cells, bool isAnew)
{
    private const int Pair = 2, NumberDoubles = JointSteps.Bins * Pair;
    private readonly Action?[] _exactly = new Action?[scores.Length];
    private int _entered;

    /// <summary>Where leaves are not drawn to 0, what is left of an empty one's rows might count: there sums are exact from the start.</summary>
    private const double LeastLambda = 1e-3;

    public JointSteps[] Joint => joint;

    public PinnedBuffer<double> Cells => cells;

    /// <summary>Whether the level before is known.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether sums are made in this way.</summary>
    public static bool Are(TrainingParameters parameters, int outputs, double lambda) => ColumnSums.AreGrouped(parameters, outputs)
        && outputs == 1 && parameters.ScoreFunction == ScoreFunction.Cosine && lambda >= LeastLambda;

    /// <summary>Doubles for so many leaves.</summary>
    public static long Size(int leaves, int numbers) => (long)leaves * numbers * NumberDoubles;

    /// <summary>The cells of a leaf: number after number.</summary>
    public double* LeafAt(int place) => cells.Start + Size(place, scores.Length);

    /// <summary>The cells of the first of some numbers in a leaf.</summary>
    public double* LeafAt(int place, JointSteps of) => LeafAt(place) + (of.First * NumberDoubles);

    public void Clear(int place) => new Span<double>(LeafAt(place), (int)Size(1, scores.Length)).Clear();

    /// <summary>Takes what lies at one place off what lies at another.</summary>
    public void Subtract(int from, int place) => PairSums.Subtract(LeafAt(from), LeafAt(place), (int)Size(1, scores.Length));

    /// <summary>Scores a level.</summary>
    /// <param name="places">Of the leaves, in their order.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="exact">Makes scores exact.</param>
    public void Score(ReadOnlySpan<int> places, double lambda, ExactCtrSums exact)
    {
        if (!IsKept) _entered = exact.Level;
        double** leaves = stackalloc double*[places.Length];
        foreach (JointSteps some in joint)
        {
            for (int number = some.First; number < some.First + some.Numbers; number++)
            {
                for (int leaf = 0; leaf < places.Length; leaf++) leaves[leaf] = LeafAt(places[leaf]) + (number * NumberDoubles);
                Score(leaves, places.Length, lambda, scores[number]);
                scores[number].Exactly = _exactly[number] ??= Exactly(exact, some, number);
            }
        }
    }

    private Action Exactly(ExactCtrSums exact, JointSteps some, int number) =>
        () => exact.Score(some, number, isAnew ? exact.Level : _entered, scores[number]);

    /// <param name="leaves">Cells of each.</param>
    /// <param name="count">How many leaves.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="scores">Set.</param>
    public static void Score(double** leaves, int count, double lambda, CandidateScores scores)
    {
        double* sums = stackalloc double[Pair * JointSteps.Bins];
        BorderScores.Clear(sums, JointSteps.Bins);
        BorderScores.Add(leaves, count, scores.Values.Length, lambda, sums, sums + JointSteps.Bins);
        scores.Set(sums, sums + JointSteps.Bins);
    }
}
