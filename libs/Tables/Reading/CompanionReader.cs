using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>Reads through DuckDB what is no number, in step with the numbers. Its blocks decide how many rows a block has.</summary>
internal sealed unsafe class CompanionReader : IDisposable
{
    private readonly LazyDatabase _database;
    private readonly SplitReadRequest _request;
    private readonly IReadOnlyList<(int Place, bool IsNumber)> _columns;
    private readonly CancellationToken _cancellation;
    private DuckSplitReader? _reader;
    private bool _byGroup;
    private long _until = -1;

    public CompanionReader(LazyDatabase database, SplitReadRequest request, ColumnBinding binding, CancellationToken cancellation)
    {
        (_database, _cancellation) = (database, cancellation);
        _columns = [.. binding.Beside.Select(place => (place, request.Columns[place].Kind == ColumnKind.Number))];
        _request = request with
        {
            Columns = [.. binding.Beside.Select(place => request.Columns[place])],
            Key = binding.KeyBeside
            ? request.Key : null
        };
        _reader = DuckSplitReader.OpenParquet(database.Value, _request, cancellation);
        KeyColumn = _reader.KeyColumn;
    }

    public DuckColumn? KeyColumn { get; }

    /// <summary>The block that <see cref="Next"/> has read.</summary>
    public DuckSplitReader Current => _reader ?? throw new InvalidOperationException("There is no block: call Next first.");

    /// <summary>Reads the next rows.</summary>
    /// <param name="row">The first of them.</param>
    /// <param name="most">The most that are wanted.</param>
    /// <param name="groupEnd">Where the row group ends.</param>
    /// <param name="end">Where the split ends.</param>
    /// <returns>How many it has read.</returns>
    public int Next(long row, int most, long groupEnd, long end)
    {
        if (row == _until) Close();
        while (true)
        {
            if (_reader is null) Open(row, _byGroup ? groupEnd : end);
            if (!_reader!.Next()) throw ReadingErrors.TooShort(_request.Shown, row, end);
            if (_reader.FirstRow != row) throw ReadingErrors.Disorder(_request.Shown, _reader.FirstRow, row);
            if (_reader.Rows <= most) return _reader.Rows;

            // A block that reaches into the next row group, which may yet go to DuckDB: from here on row group by row group.
            Close();
            _byGroup = true;
        }
    }

    /// <summary>Names the buffers of the current block.</summary>
    public void Fill(ColumnBlock block)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (_columns[i].IsNumber) block.SetNumbers(_columns[i].Place, Current.Block.Numbers(i));
            else block.SetCodes(_columns[i].Place, Current.Block.Codes(i));
        }
    }

    /// <summary>Ends here; <see cref="Next"/> begins anew, wherever that is.</summary>
    public void Close()
    {
        _reader?.Dispose();
        _reader = null;
    }

    public void Dispose() => Close();

    private void Open(long row, long until)
    {
        _reader = DuckSplitReader.OpenParquet(_database.Value, _request with { FirstRow = row, Rows = until - row }, _cancellation);
        _until = until;
    }
}
