using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>The borders of one column.</summary>
internal sealed record BorderCandidate(BinColumn Bins, int BinCount, Split[] Splits) : Candidate(Bins, BinCount, Splits, Columns: 1)
{
    public static BorderCandidate Of(QuantisedColumn column, int number) => new(
        column.Bins, column.BinCount, [.. column.Splits.Select(split => new Split(number, split))]);

    public override void Score(ReadOnlySpan<Sums> cells, ISplitScore score) => Score(cells, score, Splits.Length);

    public static void Score(ReadOnlySpan<Sums> cells, ISplitScore score, int borders)
    {
        Sums no = default, yes = default;
        foreach (Sums cell in cells) yes += cell;
        for (int border = 0; border < borders; border++)
        {
            no += cells[border];
            yes -= cells[border];
            score.Add(border, no, yes);
        }
    }
}
