using BatchScoring.DuckDb;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>
/// Reads numbers with our own reader, row group by row group. Columns that are no numbers come through DuckDB beside it, row by row the
/// same; row groups that it does not read come through DuckDB altogether.
/// </summary>
internal sealed unsafe class ColumnSplitReader : ISplitReader
{
    /// <summary>
    /// Where our reader and DuckDB take turns more often than this, DuckDB reads the rest: each turn opens the file anew.
    /// </summary>
    private const int MostHandovers = 16;

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
    private PageChecker? _checker;
    private ReadMemory? _memory;
    private RowGroupReader? _groups;
    private DuckSplitReader? _duck;
    private int _group = -1;
    private long _row;

    public ColumnSplitReader(
        FileByteSource source, ParquetFile file, ColumnBinding binding, LazyDatabase database, SplitReadRequest request,
        ColumnReaderOptions options, CancellationToken cancellation)
    {
        (_source, _file, _binding, _options, _cancellation, _database) = (source, file, binding, options, cancellation, database);
        _request = request with { Footer = file };
        _block = new ColumnBlock(request.Columns.Count);
        _row = Math.Min(request.FirstRow, file.Rows);
        _end = request.Rows is { } rows ? Math.Min(file.Rows, _row + rows) : file.Rows;
        try
        {
            // Even if no row is read: it says which columns a model cannot take.
            _beside = binding.NeedsDuckDb ? new CompanionReader(database, _request, binding, cancellation) : null;
        }
        catch
        {
            _source.Dispose();
            throw;
        }

        KeyColumn = binding.Key is { } key
            ? key.Kind == NumberKind.Int32
                ? new DuckColumn(request.Key!, DuckType.Integer, "INTEGER")
                : new DuckColumn(request.Key!, DuckType.BigInt, "BIGINT")
            : _beside?.KeyColumn;
    }

    public int Rows { get; private set; }

    public long FirstRow => _row - Rows;

    public ColumnBlock Block => _duck?.Block ?? _block;

    public DuckColumn? KeyColumn { get; }

    public DuckVector Key => _duck is not null ? _duck.Key
        : _binding.Key is not null ? DuckVector.Over(KeyColumn!, Loaded.Keys, Loaded.KeyValidity, Rows)
        : _beside is not null ? _beside.Current.Key : throw new InvalidOperationException("The request names no key.");

    public IReadOnlyList<CellDefect> Defects => _duck?.Defects ?? _beside?.Current.Defects ?? [];

    public RowGroupCounts Groups { get; } = new();

    /// <summary>How often DuckDB was asked to go on where our reader could not.</summary>
    internal int Handovers { get; private set; }

    private RowGroupReader Loaded => _groups ?? throw new InvalidOperationException("There is no block: call Next first.");

    public bool Next()
    {
        try
        {
            while (true)
            {
                _cancellation.ThrowIfCancellationRequested();
                if (_duck is not null && NextOfDuckDb()) return true;
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
        _duck?.Dispose();
        _beside?.Dispose();
        _groups?.Dispose();
        _checker?.Dispose();
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

    private bool NextOfDuckDb()
    {
        if (_duck!.Next())
        {
            Rows = _duck.Rows;
            _row += Rows;
            return true;
        }

        _duck.Dispose();
        _duck = null;
        return false;
    }

    /// <summary>Loads the row group that holds the next row.</summary>
    /// <returns>False when it is not read here.</returns>
    private bool Load()
    {
        if (_groups is null)
        {
            _memory = _options.Readers.Rent(_options.CapBytes);
            _groups = new RowGroupReader(_file, [.. _binding.Numbers.Select(number => number.Column)], _binding.Key, _memory,
                _options.Decoder);
            _checker = new PageChecker(_file, _memory);
        }

        do _group++;
        while (GroupEnd <= _row);
        if (LoadGroup() is not { } reason) return true;
        GoThroughDuckDb(reason);
        return false;
    }

    /// <summary>Loads the current row group, from the next row on, and counts it.</summary>
    private Unsupported? LoadGroup()
    {
        _checker!.Check(_group, _binding.ReadByOthers);
        Unsupported? reason = _groups!.Load(_group);
        if (reason is null)
        {
            Groups.AddOwn();
            reason = _groups.Skip(_row - _file.RowGroups[_group].FirstRow);
            if (reason is null) return null;
            Groups.Recount(reason.Code);
        }
        else Groups.AddUnsupported(reason.Code);

        _checker.Check(_group, _binding.Own);
        return reason;
    }

    /// <summary>
    /// Opens the rows of row groups that are not read here, neighbours together: opening costs DuckDB more than a small row group does.
    /// </summary>
    private void GoThroughDuckDb(Unsupported reason)
    {
        if (_options.Choice == ReaderChoice.Native) throw ReadingErrors.Unsupported(_request.Shown, _group, reason);
        _beside?.Close();
        long until = Math.Min(_end, GroupEnd);
        bool takesAll = ++Handovers == MostHandovers;
        while (until < _end)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_file.RowGroups[++_group].Rows == 0) continue;
            if (takesAll) CountAlternating();
            else if (LoadGroup() is null) break; // Its rows wait until DuckDB's are through.
            until = Math.Min(_end, GroupEnd);
        }

        _duck = DuckSplitReader.OpenParquet(
            _database.Value, _request with { FirstRow = _row, Rows = until - _row, Unread = reason }, _cancellation);
    }

    private void CountAlternating()
    {
        Groups.AddUnsupported(UnsupportedCodes.Alternating);
        _checker!.Check(_group, _binding.ReadByOthers);
        _checker.Check(_group, _binding.Own);
    }

    /// <returns>False when a page turned out not to be what it looked like.</returns>
    private bool NextBlock()
    {
        int rows = (int)Math.Min(Math.Min(RowGroupReader.MaxRows, RowsLeft), _end - _row);
        if (_beside is not null) rows = _beside.Next(_row, rows, Math.Min(_end, GroupEnd), _end);
        if (_groups!.Read(rows) is { } reason)
        {
            Groups.Recount(reason.Code);
            GoThroughDuckDb(reason);
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
