using BatchScoring.Training.Ctrs;

namespace BatchScoring.Training.Trees;

/// <summary>
/// The sums of up to four numbers made of one projection, whose steps share a word per row. They are kept from level to level where
/// CatBoost keeps them: its last bits depend on it.
/// </summary>
/// <param name="words">A word per row.</param>
/// <param name="scores">Of the numbers, in the word's order.</param>
/// <param name="cells">Of <see cref="Size"/>; used until the projection is no candidate any more.</param>
internal sealed unsafe class CtrSums(PinnedBuffer<byte> words, CandidateScores[] scores, PinnedBuffer<double> cells)
{
    /// <summary>Cells of a number.</summary>
    public const int Bins = 16;

    private const int Pair = 2, NumberDoubles = Bins * Pair, LeafDoubles = OnlineCtrs.Together * NumberDoubles;

    public CandidateScores[] Scores => scores;

    public PinnedBuffer<double> Cells => cells;

    /// <summary>Whether the level before is known.</summary>
    public bool IsKept { get; set; }

    public byte* Words => words.Start;

    /// <summary>Doubles for so many leaves.</summary>
    public static long Size(int leaves) => (long)leaves * LeafDoubles;

    /// <summary>The cells of a leaf: number after number.</summary>
    public double* LeafAt(int place) => cells.Start + ((long)place * LeafDoubles);

    public void Clear(int place) => new Span<double>(LeafAt(place), LeafDoubles).Clear();

    /// <summary>Takes what lies at one place off what lies at another.</summary>
    public void Subtract(int from, int place) => PairSums.Subtract(LeafAt(from), LeafAt(place), LeafDoubles);

    /// <param name="places">Of the leaves, in their order.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    public void Score(ReadOnlySpan<int> places, double lambda)
    {
        double** leaves = stackalloc double*[places.Length + 1];
        double* sums = stackalloc double[2 * Bins];
        leaves[places.Length] = PairSums.NoRows;
        for (int number = 0; number < scores.Length; number++)
        {
            for (int leaf = 0; leaf < places.Length; leaf++) leaves[leaf] = LeafAt(places[leaf]) + (number * NumberDoubles);
            BorderScores.Clear(sums, Bins);
            BorderScores.Add(leaves, places.Length, scores[number].Values.Length, lambda, sums, sums + Bins);
            scores[number].Set(sums, sums + Bins);
        }
    }
}
