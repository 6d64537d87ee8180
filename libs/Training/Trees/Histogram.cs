using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>
/// The sums of one candidate, output by output, leaf after leaf, a cell per bin. Of a level's two halves the one with fewer rows is summed,
/// row after row,
/// and the other is what is left of the level before: as in CatBoost, to the last bit.
/// </summary>
internal sealed class Histogram(CandidateScores scores, int outputs)
{
    private readonly Candidate _candidate = scores.Candidate;
    private Sums[][]? _cells;

    public CandidateScores Scores => scores;

    /// <summary>Whether the level before is still known.</summary>
    public bool IsKept => _cells is not null;

    public void Forget() => _cells = null;

    /// <summary>All rows of a sample, leaf by leaf.</summary>
    public void Sum(RowSample sample, ushort[] leaves, int count)
    {
        _cells = [.. sample.Derivatives.Select(derivatives =>
        {
            var cells = new Sums[count * _candidate.BinCount];
            for (int i = 0; i < sample.Count; i++)
            {
                int row = sample.Rows[i];
                cells[(leaves[row] * _candidate.BinCount) + _candidate.Bins[row]] += new Sums(derivatives[i], sample.Weights[i]);
            }

            return cells;
        })];
    }

    /// <summary>After a split.</summary>
    /// <param name="sample">The rows.</param>
    /// <param name="smaller">The places in the sample of the side with fewer rows, ascending.</param>
    /// <param name="isTrueSide">Which side that is.</param>
    /// <param name="leaves">Leaves after the split, by row of the table.</param>
    /// <param name="count">How many there were before.</param>
    public void Split(RowSample sample, int[] smaller, bool isTrueSide, ushort[] leaves, int count)
    {
        int size = count * _candidate.BinCount;
        for (int output = 0; output < outputs; output++)
        {
            double[] derivatives = sample.Derivatives[output];
            var cells = new Sums[2 * size];
            Span<Sums> summed = cells.AsSpan(isTrueSide ? size : 0, size), rest = cells.AsSpan(isTrueSide ? 0 : size, size);
            foreach (int i in smaller)
            {
                int row = sample.Rows[i];
                summed[((leaves[row] & (count - 1)) * _candidate.BinCount) + _candidate.Bins[row]] += new Sums(derivatives[i], sample.Weights[i]);
            }

            for (int i = 0; i < size; i++) rest[i] = _cells![output][i] - summed[i];
            _cells![output] = cells;
        }
    }

    /// <summary>Scores the candidate's splits.</summary>
    public void Score(double lambda, ScoreFunction function)
    {
        var score = ISplitScore.Of(function, _candidate.Splits.Length, lambda);
        foreach (Sums[] cells in _cells!)
            for (int leaf = 0; leaf < cells.Length; leaf += _candidate.BinCount) _candidate.Score(cells.AsSpan(leaf, _candidate.BinCount), score);
        scores.Set(score);
    }
}
