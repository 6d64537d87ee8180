using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>The categories of one column: each against all others.</summary>
internal sealed record CategoryCandidate(BinColumn Bins, int BinCount, Split[] Splits) : Candidate(Bins, BinCount, Splits, Columns: 1)
{
    public static CategoryCandidate Of(QuantisedColumn column, int number) =>
        new(column.Bins, column.BinCount, [.. column.Splits.Select(split => new Split(number, split))]);

    public override void Score(ReadOnlySpan<Sums> cells, ISplitScore score)
    {
        Sums no = default;
        foreach (Sums cell in cells) no += cell;
        for (int code = 0; code < cells.Length; code++)
        {
            no -= cells[code];
            score.Add(code, no, cells[code]);
            no += cells[code];
        }
    }
}
