using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>Columns with one split each: split j asks for bit j of the cell.</summary>
internal sealed record PackCandidate(BinColumn Bins, int BinCount, Split[] Splits) : Candidate(Bins, BinCount, Splits, Splits.Length)
{
    public const int Size = 8;

    public static PackCandidate Of(IReadOnlyList<QuantisedColumn> columns, int[] pack)
    {
        BinColumn bins = new(columns[pack[0]].Bins.Rows, 1 << pack.Length);
        for (int bit = 0; bit < pack.Length; bit++)
            for (int row = 0; row < bins.Rows; row++) bins[row] |= columns[pack[bit]].Bins[row] << bit;
        return new PackCandidate(bins, 1 << pack.Length, [.. pack.Select(column => new Split(column, columns[column].Splits.Single()))]);
    }

    public override void Score(ReadOnlySpan<Sums> cells, ISplitScore score)
    {
        for (int bit = 0; bit < Splits.Length; bit++)
        {
            Sums no = default, yes = default;
            for (int cell = 0; cell < cells.Length; cell++)
            {
                if ((cell >> bit & 1) == 1) yes += cells[cell];
                else no += cells[cell];
            }

            score.Add(bit, no, yes);
        }
    }
}
