using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Columns of which no row has more than one away from its lowest bin: each has its further bins side by side, and the last cell holds the
/// rows that are in the lowest bin of all.
/// </summary>
internal sealed record BundleCandidate(BinColumn Bins, int BinCount, Split[] Splits, (int Bins, bool IsCategory, bool IsCtr)[] Parts)
    : Candidate(Bins, BinCount, Splits, Parts.Count(part => !part.IsCtr))
{
    public static BundleCandidate Of(IReadOnlyList<QuantisedColumn> columns, int[] bundle)
    {
        (int Bins, bool IsCategory, bool IsCtr)[] parts =
            [.. bundle.Select(column => (columns[column].BinCount - 1, columns[column].IsCategory, columns[column].IsCtr))];
        int rest = parts.Sum(part => part.Bins);
        BinColumn bins = new(columns[bundle[0]].Rows, rest + 1);
        for (int row = 0; row < bins.Rows; row++) bins[row] = rest;
        for (int part = 0, offset = 0; part < bundle.Length; offset += parts[part++].Bins)
        {
            QuantisedColumn own = columns[bundle[part]];
            for (int row = 0; row < bins.Rows; row++)
                if (own.BinOf(row) > 0) bins[row] = offset + own.BinOf(row) - 1;
        }

        return new BundleCandidate(
            bins, rest + 1, [.. bundle.SelectMany(column => SplitsOf(columns[column]).Select(split => new Split(column, split)))], parts);
    }

    private static IEnumerable<int> SplitsOf(QuantisedColumn column) =>
        column.IsCtr ? [] : column.IsCategory ? Enumerable.Range(0, column.BinCount) : column.Splits;

    public override void Score(ReadOnlySpan<Sums> cells, ISplitScore score)
    {
        var sums = new Sums[Parts.Length];
        Sums total = cells[^1];
        for (int part = 0, offset = 0; part < sums.Length; offset += Parts[part++].Bins)
        {
            foreach (Sums cell in cells.Slice(offset, Parts[part].Bins)) sums[part] += cell;
            total += sums[part];
        }

        for (int part = 0, offset = 0, split = 0; part < sums.Length; offset += Parts[part++].Bins)
        {
            ReadOnlySpan<Sums> own = cells.Slice(offset, Parts[part].Bins);
            if (Parts[part].IsCtr) continue;
            split = Parts[part].IsCategory ? Categories(own, sums[part], total, score, split) : Borders(own, sums[part], total, score,
                split);
        }
    }

    /// <returns>The number of the next split.</returns>
    private static int Borders(ReadOnlySpan<Sums> cells, Sums yes, Sums total, ISplitScore score, int split)
    {
        Sums no = total - yes;
        for (int border = 0; border < cells.Length; border++)
        {
            if (border > 0)
            {
                no += cells[border - 1];
                yes -= cells[border - 1];
            }

            score.Add(split++, no, yes);
        }

        return split;
    }

    private static int Categories(ReadOnlySpan<Sums> cells, Sums others, Sums total, ISplitScore score, int split)
    {
        // Of two categories the first has a place, and a draw, but no score.
        if (cells.Length > 1) score.Add(split, others, total - others);
        split++;
        foreach (Sums cell in cells) score.Add(split++, total - cell, cell);
        return split;
    }
}
