using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>The borders of a number made of categories.</summary>
internal sealed record CtrCandidate(BinColumn Bins, int BinCount, Split[] Splits) : Candidate(Bins, BinCount, Splits, Columns: 1)
{
    /// <param name="bins">None where numbers of a projection are summed together.</param>
    /// <param name="ctr">The number.</param>
    public static CtrCandidate Of(BinColumn bins, Ctr ctr)
    {
        var splits = new Split[ctr.Description.Borders];
        for (int border = 0; border < splits.Length; border++) splits[border] = new Split(-1, border, ctr);
        return new CtrCandidate(bins, splits.Length + 1, splits);
    }

    public override void Score(ReadOnlySpan<Sums> cells, ISplitScore score) => BorderCandidate.Score(cells, score, Splits.Length);
}
