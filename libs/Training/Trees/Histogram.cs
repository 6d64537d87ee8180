using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>
/// The sums of one candidate, leaf after leaf, a cell per bin. Of a level's two halves the one with fewer rows is summed, row after row,
/// and the other is what is left of the level before: as in CatBoost, to the last bit.
/// </summary>
internal sealed class Histogram(Candidate candidate)
{
    private Sums[] _cells = [];

    public Candidate Candidate => candidate;

    /// <summary>The root: all rows of the sample.</summary>
    public void Start(RowSample sample)
    {
        _cells = new Sums[candidate.BinCount];
        for (int i = 0; i < sample.Rows.Length; i++)
            _cells[candidate.Bins[sample.Rows[i]]] += new Sums(sample.Derivatives[i], sample.Weights[i]);
    }

    /// <summary>After a split.</summary>
    /// <param name="sample">The rows.</param>
    /// <param name="smaller">The places in the sample of the side with fewer rows, ascending.</param>
    /// <param name="isTrueSide">Which side that is.</param>
    /// <param name="leaves">Leaves before the split, by row of the table.</param>
    /// <param name="count">How many there were.</param>
    public void Split(RowSample sample, int[] smaller, bool isTrueSide, int[] leaves, int count)
    {
        int size = count * candidate.BinCount;
        var cells = new Sums[2 * size];
        Span<Sums> summed = cells.AsSpan(isTrueSide ? size : 0, size), rest = cells.AsSpan(isTrueSide ? 0 : size, size);
        foreach (int i in smaller)
        {
            int row = sample.Rows[i];
            summed[(leaves[row] * candidate.BinCount) + candidate.Bins[row]] += new Sums(sample.Derivatives[i], sample.Weights[i]);
        }

        for (int i = 0; i < size; i++) rest[i] = _cells[i] - summed[i];
        _cells = cells;
    }

    /// <summary>The scores of the candidate's splits.</summary>
    public CosineScore Score(double lambda)
    {
        CosineScore score = new(candidate.Splits.Length, lambda);
        for (int leaf = 0; leaf < _cells.Length; leaf += candidate.BinCount) candidate.Score(_cells.AsSpan(leaf, candidate.BinCount), score);
        return score;
    }
}
