using System.Runtime.CompilerServices;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>Makes the sums of projections, from memory that is used again.</summary>
internal sealed class CtrSumsFactory(TrainingParameters parameters, int outputs, double lambda)
{
    private readonly ConditionalWeakTable<OnlineCtrs, CandidateScores[]> _scores = [];
    private readonly Dictionary<long, Stack<PinnedBuffer<long>>> _free = [];
    private readonly bool _areJoint = ColumnSums.AreRough(parameters, outputs, lambda);

    /// <summary>Sums that nothing is known of.</summary>
    public ProjectionSums Of(Fold fold, Projection projection)
    {
        OnlineCtrs online = fold.Of(projection);
        bool isJoint = _areJoint && online.Joint.Length > 0;
        if (!_scores.TryGetValue(online, out CandidateScores[]? scores))
        {
            scores = [.. fold.Plan.Of(projection).Select(description => new CandidateScores(CtrCandidate.Of(
                isJoint ? BinColumn.None : online.Bins(description), new Ctr(projection, description))))];
            _scores.Add(online, scores);
        }

        return isJoint ? new ProjectionSums(scores, [], new CtrSums(online.Joint, scores, Cells(scores.Length), projection.IsSimple))
            : new ProjectionSums(scores, [.. scores.Select(one => new Histogram(one, outputs))], null);
    }

    public void TakeBack(IEnumerable<ProjectionSums> unused)
    {
        foreach (ProjectionSums sums in unused)
            if (sums.Joint is { } joint) FreeOf(joint.Cells.Count).Push(joint.Cells);
    }

    private PinnedBuffer<long> Cells(int numbers)
    {
        long size = CtrSums.Size(1 << Math.Max(0, parameters.Depth - 1), numbers);
        return FreeOf(size).TryPop(out PinnedBuffer<long>? cells) ? cells : new PinnedBuffer<long>(size);
    }

    private Stack<PinnedBuffer<long>> FreeOf(long size)
    {
        if (!_free.TryGetValue(size, out Stack<PinnedBuffer<long>>? free)) _free.Add(size, free = []);
        return free;
    }
}

/// <summary>The sums of the numbers made of a projection: one by one, or together.</summary>
/// <param name="Scores">One per number.</param>
/// <param name="Single">One per number, or none.</param>
/// <param name="Joint">Of all numbers, or null.</param>
internal sealed record ProjectionSums(CandidateScores[] Scores, Histogram[] Single, CtrSums? Joint)
{
    /// <summary>The same on the next level. (Single ones know it by themselves.)</summary>
    public ProjectionSums AsKept()
    {
        if (Joint is not null) Joint.IsKept = true;
        return this;
    }
}
