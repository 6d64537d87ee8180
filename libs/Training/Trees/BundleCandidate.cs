using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Columns of which no row has more than one away from its lowest bin: each has its further bins side by side, and the last cell holds the
/// rows that are in the lowest bin of all.
/// </summary>
internal sealed record BundleCandidate(ushort[] Bins, int BinCount, Split[] Splits, int[] Sizes)
    : Candidate(Bins, BinCount, Splits, Sizes.Length)
{
    public static BundleCandidate Of(IReadOnlyList<QuantisedColumn> columns, int[] bundle)
    {
        int[] sizes = [.. bundle.Select(column => columns[column].Borders.Length)];
        int rest = sizes.Sum();
        ushort[] bins = new ushort[columns[bundle[0]].Bins.Length];
        Array.Fill(bins, (ushort)rest);
        for (int part = 0, offset = 0; part < bundle.Length; offset += sizes[part++])
        {
            ushort[] own = columns[bundle[part]].Bins;
            for (int row = 0; row < bins.Length; row++)
                if (own[row] > 0) bins[row] = (ushort)(offset + own[row] - 1);
        }

        return new BundleCandidate(bins, rest + 1,
            [.. bundle.SelectMany(column => Enumerable.Range(0, columns[column].Borders.Length).Select(border => new Split(column, border)))], sizes);
    }

    public override void Score(ReadOnlySpan<Sums> cells, ISplitScore score)
    {
        var parts = new Sums[Sizes.Length];
        Sums total = cells[^1];
        for (int part = 0, offset = 0; part < parts.Length; offset += Sizes[part++])
        {
            foreach (Sums cell in cells.Slice(offset, Sizes[part])) parts[part] += cell;
            total += parts[part];
        }

        for (int part = 0, offset = 0; part < parts.Length; offset += Sizes[part++])
        {
            Sums yes = parts[part], no = total - yes;
            for (int border = 0; border < Sizes[part]; border++)
            {
                if (border > 0)
                {
                    no += cells[offset + border - 1];
                    yes -= cells[offset + border - 1];
                }

                score.Add(offset + border, no, yes);
            }
        }
    }
}
