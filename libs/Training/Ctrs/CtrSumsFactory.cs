using System.Runtime.CompilerServices;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>Makes the sums of projections, from memory that is used again.</summary>
internal sealed class CtrSumsFactory(TrainingParameters parameters, int outputs)
{
    private readonly ConditionalWeakTable<OnlineCtrs, CandidateScores[]> _scores = [];
    private readonly Stack<PinnedBuffer<double>> _free = [];
    private readonly long _size = CtrSums.Size(1 << Math.Max(0, parameters.Depth - 1));

    /// <summary>Sums that nothing is known of.</summary>
    public ProjectionSums Of(Fold fold, Projection projection)
    {
        OnlineCtrs online = fold.Of(projection);
        CandidateScores[] scores = _scores.GetValue(online, _ => [.. fold.Plan.Of(projection).Select(description =>
            new CandidateScores(CtrCandidate.Of(fold, new Ctr(projection, description))))]);
        bool shareWords = ColumnSums.AreGrouped(parameters, outputs) && outputs == 1 && parameters.ScoreFunction == ScoreFunction.Cosine
            && scores.All(one => one.Candidate.BinCount <= CtrSums.Bins);
        return shareWords
            ? new ProjectionSums(scores, [], [.. scores.Chunk(OnlineCtrs.Together).Zip(online.Words, (own, words) =>
                new CtrSums(words, own, _free.TryPop(out PinnedBuffer<double>? cells) ? cells : new PinnedBuffer<double>(_size)))])
            : new ProjectionSums(scores, [.. scores.Select(one => new Histogram(one, outputs))], []);
    }

    public void TakeBack(IEnumerable<ProjectionSums> unused)
    {
        foreach (CtrSums sums in unused.SelectMany(projection => projection.Words)) _free.Push(sums.Cells);
    }
}

/// <summary>The sums of the numbers made of a projection: one by one, or four together.</summary>
/// <param name="Scores">One per number.</param>
/// <param name="Single">One per number, or none.</param>
/// <param name="Words">One per four numbers, or none.</param>
internal sealed record ProjectionSums(CandidateScores[] Scores, Histogram[] Single, CtrSums[] Words)
{
    /// <summary>The same on the next level. (Single ones know it by themselves.)</summary>
    public ProjectionSums AsKept()
    {
        foreach (CtrSums sums in Words) sums.IsKept = true;
        return this;
    }
}
