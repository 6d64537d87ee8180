using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>Up to sixteen candidates whose bins lie row by row, so that one pass over the rows sums them all.</summary>
internal sealed class GroupedColumns
{
    private const int Fewest = 4;

    private GroupedColumns(CandidateScores[] scores, int stride, bool areKept, Workers workers)
    {
        (Scores, Stride, Pitch) = (scores, stride, PairSums.PitchOf(scores.Length));
        BinColumn[] columns = [.. scores.Select(one => one.Candidate.Bins)];
        Bins = new PinnedBuffer<byte>((long)columns[0].Rows * Pitch);
        if (areKept) BinColumn.CopyTo(Bins, Pitch, columns, workers);
        else BinColumn.MoveTo(Bins, Pitch, columns, workers);
    }

    public CandidateScores[] Scores { get; }

    public PinnedBuffer<byte> Bins { get; }

    /// <summary>Cells of one candidate.</summary>
    public int Stride { get; }

    /// <summary>Bytes from one row's bins to the next one's.</summary>
    public int Pitch { get; }

    /// <summary>Cells of a leaf.</summary>
    public int LeafCells => Scores.Length * Stride;

    /// <summary>Groups of columns of like numbers of bins.</summary>
    /// <param name="candidates">Of at most 256 bins each.</param>
    /// <param name="cellBytes">Of a cell: those of a pass shall fit the memory that is nearest to the processor.</param>
    /// <param name="areKept">Whether columns stay apart as well: a split is then marked from 64 bins in a line.</param>
    /// <param name="workers">Share the rows.</param>
    public static IEnumerable<GroupedColumns> Of(
        IReadOnlyCollection<Candidate> candidates, int cellBytes, bool areKept, Workers workers)
    {
        const int Nearest = 30 << 10;
        // Two for each thread at least, which would wait for the one that sums the larger one; but not so few columns that they wait for
        // their own sums.
        int shared = Math.Max(Fewest + 1, (candidates.Count + (2 * workers.Count) - 1) / (2 * workers.Count));
        List<Candidate> left = [.. candidates];
        foreach (int stride in PairSums.Strides)
        {
            Candidate[] own = [.. left.Where(candidate => candidate.BinCount <= stride)];
            // So few would wait for their own sums: they do better among larger ones.
            if (own.Length < Fewest && own.Length < left.Count) continue;
            left.RemoveAll(own.Contains);
            int most = Math.Min(PairSums.Columns, Nearest / (stride * cellBytes));
            // The smallest ones are mostly summed together, which is little work.
            if (workers.Count > 1 && (stride != PairSums.Strides[0] || own.Length == candidates.Count)) most = Math.Min(most, shared);
            int groups = (own.Length + most - 1) / most;
            for (int group = 0; group < groups; group++)
            {
                Candidate[] some = own[(own.Length * group / groups)..(own.Length * (group + 1) / groups)];
                yield return new GroupedColumns([.. some.Select(one => new CandidateScores(one))], stride, areKept, workers);
            }
        }
    }
}
