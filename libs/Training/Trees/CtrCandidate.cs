using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>The borders of a number made of categories.</summary>
internal sealed record CtrCandidate(BinColumn Bins, int BinCount, Split[] Splits) : Candidate(Bins, BinCount, Splits, Columns: 1)
{
    public static CtrCandidate Of(Fold fold, Ctr ctr) => new(
        fold.Bins(ctr), ctr.Description.Borders + 1, [.. Enumerable.Range(0, ctr.Description.Borders).Select(border =>
            new Split(-1, border, ctr))]);

    public override void Score(ReadOnlySpan<Sums> cells, ISplitScore score) => BorderCandidate.Score(cells, score, Splits.Length);
}
