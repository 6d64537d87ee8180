using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Rows of a source that count, file by file.</summary>
internal sealed record RowSet(IReadOnlyList<FileRows> Files)
{
    /// <summary>All rows, or those of which conditions are true, or not.</summary>
    /// <param name="source">The files.</param>
    /// <param name="filters">With what they must be.</param>
    /// <param name="cancellation">Ends it.</param>
    public static RowSet Of(FitSource source, IReadOnlyList<(RowFilter Filter, bool Wanted)> filters, CancellationToken cancellation)
    {
        using LazyDatabase database = source.Database();
        return new RowSet([.. source.Files.Select(file => new FileRows(file, filters.Count == 0 ? null : Meets(database, file)))]);

        bool[] Meets(LazyDatabase database, FitFile file)
        {
            bool[][] answers = [.. filters.Select(one => one.Filter.Of(database, file, source.Names, cancellation))];
            return [.. answers[0].Select((_, row) => filters.Index().All(one => answers[one.Index][row] == one.Item.Wanted))];
        }
    }
}

/// <summary>The rows of a file that count.</summary>
internal sealed class FileRows
{
    private readonly bool[]? _counts;
    private readonly int[]? _before;
    private readonly IReadOnlyList<long> _removed;

    /// <param name="file">The file; rows that are gone from its table never count.</param>
    /// <param name="meets">For every row; null: all count.</param>
    public FileRows(FitFile file, bool[]? meets)
    {
        (File, _counts, _removed) = (file, meets, file.File.RemovedRows);
        if (meets is null) return;
        foreach (long row in _removed.Where(row => row < meets.Length)) meets[row] = false;
        _before = new int[meets.Length + 1];
        for (int row = 0; row < meets.Length; row++) _before[row + 1] = _before[row] + (meets[row] ? 1 : 0);
    }

    public FitFile File { get; }

    /// <summary>Rows that the condition was asked of; null where there was none.</summary>
    public int? Asked => _counts?.Length;

    /// <summary>How many rows count; known once its labels were read.</summary>
    public int Kept { get; set; }

    public bool Counts(long row) => _counts is null ? Removed(row) < 0 : row < _counts.Length && _counts[row];

    /// <summary>How many rows before this one count.</summary>
    public int Before(long row) => _before is not null ? _before[row] : (int)row - (Removed(row) is var at && at < 0 ? ~at : at);

    /// <summary>As a binary search answers.</summary>
    private int Removed(long row)
    {
        int low = 0, high = _removed.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_removed[middle] < row) low = middle + 1;
            else high = middle;
        }

        return low < _removed.Count && _removed[low] == row ? low : ~low;
    }
}
