using BatchScoring.Training.Ctrs;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Packed sums of all numbers made of one projection: their scores are right within a margin, and are made exact where that may decide.
/// </summary>
/// <param name="joint">What rows have of them; a cell lies in the order of these.</param>
/// <param name="scores">Of the numbers.</param>
/// <param name="cells">Of <see cref="Size"/>; used until the projection is no candidate any more.</param>
/// <param name="isAnew">Whether CatBoost sums it anew on every level.</param>
internal sealed unsafe class CtrSums(JointSteps[] joint, CandidateScores[] scores, PinnedBuffer<long> cells, bool isAnew)
{
    private const int NumberCells = JointSteps.Bins;
    private readonly ExactNumber?[] _exact = new ExactNumber?[scores.Length];
    private int _entered;

    public JointSteps[] Joint => joint;

    public PinnedBuffer<long> Cells => cells;

    /// <summary>Whether the level before is known.</summary>
    public bool IsKept { get; set; }

    /// <summary>Cells for so many leaves.</summary>
    public static long Size(int leaves, int numbers) => (long)leaves * numbers * NumberCells;

    /// <summary>The cells of a leaf: number after number.</summary>
    public long* LeafAt(int place) => cells.Start + Size(place, scores.Length);

    /// <summary>The cells of the first of some numbers in a leaf.</summary>
    public long* LeafAt(int place, JointSteps of) => LeafAt(place) + (of.First * NumberCells);

    public void Clear(int place) => new Span<long>(LeafAt(place), (int)Size(1, scores.Length)).Clear();

    /// <summary>Takes what lies at one place off what lies at another.</summary>
    public void Subtract(int from, int place) => RoughScores.Subtract(LeafAt(from), LeafAt(place), (int)Size(1, scores.Length));

    /// <summary>Scores a level.</summary>
    /// <param name="rough">The rows.</param>
    /// <param name="places">Of the leaves, in their order.</param>
    /// <param name="level">Splits of the tree so far.</param>
    /// <param name="exact">Makes scores exact.</param>
    public void Score(RoughRows rough, ReadOnlySpan<int> places, int level, ExactSums exact)
    {
        if (!IsKept) _entered = level;
        long** leaves = stackalloc long*[places.Length];
        foreach (JointSteps some in joint)
        {
            for (int number = some.First; number < some.First + some.Numbers; number++)
            {
                for (int leaf = 0; leaf < places.Length; leaf++) leaves[leaf] = LeafAt(places[leaf]) + (number * NumberCells);
                scores[number].SetRough(leaves, rough);
                scores[number].MayBeMadeExact(_exact[number] ??= new ExactNumber(exact, this, some, number), level);
            }
        }
    }

    /// <summary>The level from which on its sums are kept.</summary>
    private int EnteredAt(int level) => isAnew ? level : _entered;

    private sealed class ExactNumber(ExactSums exact, CtrSums sums, JointSteps steps, int number) : IExactScores
    {
        public void Set(CandidateScores scores, int level, bool areFine) => exact.Score(
            steps.Bytes.Start, 1, steps.StepsOf(number), areFine ? level : sums.EnteredAt(level), level, scores);
    }
}
