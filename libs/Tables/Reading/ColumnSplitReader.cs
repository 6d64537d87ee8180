using BatchScoring.DuckDb;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>
/// Reads numbers with our own reader, row group by row group. Columns that are no numbers come through DuckDB beside it, row by row the
/// same; row groups that it declines come through DuckDB altogether.
/// </summary>
internal sealed unsafe class ColumnSplitReader : ISplitReader
{
    private readonly FileByteSource _source;
    private readonly ParquetFile _file;
    private readonly ColumnBinding _binding;
    private readonly SplitReadRequest _request;
    private readonly ColumnReaderOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly CompanionReader? _beside;
    private readonly LazyDatabase _database;
    private readonly ColumnBlock _block;
    private readonly long _end;
    private ReadMemory? _memory;
    private RowGroupReader? _groups;
    private DuckSplitReader? _declined;
    private int _group = -1;
    private long _row;

    public ColumnSplitReader(
        FileByteSource source, ParquetFile file, ColumnBinding binding, LazyDatabase database, SplitReadRequest request,
        ColumnReaderOptions options, CancellationToken cancellation)
    {
        (_source, _file, _binding, _request, _options, _cancellation, _database) = (source, file, binding, request, options, cancellation, database);
        _block = new ColumnBlock(request.Columns.Count);
        _row = Math.Min(request.FirstRow, file.Rows);
        _end = request.Rows is { } rows ? Math.Min(file.Rows, _row + rows) : file.Rows;
        try
        {
            // Even if no row is read: it says which columns a model cannot take.
            _beside = binding.NeedsDuckDb ? new CompanionReader(database, request, binding, cancellation) : null;
        }
        catch
        {
            _source.Dispose();
            throw;
        }

        KeyColumn = binding.Key is { } key
            ? key.Kind == NumberKind.Int32 ? new DuckColumn(key.Name, DuckType.Integer, "INTEGER") : new DuckColumn(key.Name, DuckType.BigInt, "BIGINT")
            : _beside?.KeyColumn;
    }

    public int Rows { get; private set; }

    public long FirstRow => _row - Rows;

    public ColumnBlock Block => _declined?.Block ?? _block;

    public DuckColumn? KeyColumn { get; }

    public DuckVector Key => _declined is not null ? _declined.Key
        : _binding.Key is not null ? DuckVector.Over(KeyColumn!, Loaded.Keys, Loaded.KeyValidity, Rows)
        : _beside is not null ? _beside.Current.Key : throw new InvalidOperationException("The request names no key.");

    public IReadOnlyList<CellDefect> Defects => _declined?.Defects ?? _beside?.Current.Defects ?? [];

    public RowGroupCounts Groups { get; } = new();

    private RowGroupReader Loaded => _groups ?? throw new InvalidOperationException("There is no block: call Next first.");

    public bool Next()
    {
        try
        {
            while (true)
            {
                _cancellation.ThrowIfCancellationRequested();
                if (_declined is not null && NextDeclined()) return true;
                if (_row == _end) return End();
                if (RowsLeft == 0 && !Load()) continue;
                if (NextBlock()) return true;
            }
        }
        catch (DamagedPageException e)
        {
            throw ReadingErrors.Unusable(_request.Shown, e.Message, e);
        }
        catch (IOException e)
        {
            throw ReadingErrors.Unusable(_request.Shown, e.Message.TrimEnd('.'), e);
        }
    }

    public void Dispose()
    {
        _declined?.Dispose();
        _beside?.Dispose();
        _groups?.Dispose();
        if (_memory is not null) _options.Readers.Return(_memory);
        _memory = null;
        _source.Dispose();
    }

    private int RowsLeft => _groups?.RowsLeft ?? 0;

    private long GroupEnd => _file.RowGroups[_group].FirstRow + _file.RowGroups[_group].Rows;

    private bool End()
    {
        Rows = 0;
        long read = _end - Math.Min(_request.FirstRow, _file.Rows);
        if (_request.Rows is { } wanted && read != wanted) throw ReadingErrors.TooShort(_request.Shown, read, wanted);
        return false;
    }

    private bool NextDeclined()
    {
        if (_declined!.Next())
        {
            Rows = _declined.Rows;
            _row += Rows;
            return true;
        }

        _declined.Dispose();
        _declined = null;
        return false;
    }

    /// <summary>Loads the row group that holds the next row.</summary>
    /// <returns>False when it was declined.</returns>
    private bool Load()
    {
        if (_groups is null)
        {
            _memory = _options.Readers.Rent(_options.CapBytes);
            _groups = new RowGroupReader(_file, [.. _binding.Numbers.Select(number => number.Column)], _binding.Key, _memory, _options.Decoder);
        }

        do _group++;
        while (GroupEnd <= _row);
        Decline? decline = _groups.Load(_group);
        if (decline is null)
        {
            Groups.AddOwn();
            decline = Skip(_row - _file.RowGroups[_group].FirstRow);
            if (decline is null) return true;
            Groups.Recount(decline.Code);
        }
        else Groups.AddDeclined(decline.Code);

        GoThroughDuckDb(decline);
        return false;
    }

    /// <summary>A split that begins within a row group: the rows before it are decoded and forgotten.</summary>
    private Decline? Skip(long rows)
    {
        while (rows > 0)
        {
            int portion = (int)Math.Min(rows, RowGroupReader.MaxRows);
            if (_groups!.Read(portion) is { } decline) return decline;
            rows -= portion;
        }

        return null;
    }

    private void GoThroughDuckDb(Decline decline)
    {
        if (_options.Choice == ReaderChoice.Parquet) throw ReadingErrors.Declined(_request.Shown, _group, decline);
        _beside?.Close();
        _declined = DuckSplitReader.OpenParquet(
            _database.Value, _request with { FirstRow = _row, Rows = Math.Min(_end, GroupEnd) - _row }, _cancellation);
    }

    /// <returns>False when a page turned out not to be what it looked like.</returns>
    private bool NextBlock()
    {
        int rows = (int)Math.Min(Math.Min(RowGroupReader.MaxRows, RowsLeft), _end - _row);
        if (_beside is not null) rows = _beside.Next(_row, rows, Math.Min(_end, GroupEnd), _end);
        if (_groups!.Read(rows) is { } decline)
        {
            Groups.Recount(decline.Code);
            GoThroughDuckDb(decline);
            return false;
        }

        Rows = rows;
        _row += rows;
        _block.Reset(rows);
        for (int i = 0; i < _binding.Numbers.Count; i++) _block.SetNumbers(_binding.Numbers[i].Place, _groups.Floats(i));
        _beside?.Fill(_block);
        return true;
    }
}
