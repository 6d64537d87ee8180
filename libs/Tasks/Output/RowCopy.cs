using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// Writes picked rows of a split as a part. Columns of 32 or 64 bits come from our own reader and go straight to DuckDB's writer, the
/// others come through SQL beside them; where our reader declines, everything does, to the same values.
/// </summary>
internal sealed class RowCopy
{
    private const string RowNumber = "split_row";

    private const int ShareOfVectors = 8;

    private readonly TaskContext _context;
    private readonly TaskDatabase _database;
    private readonly DuckConnection _connection;
    private readonly SplitFile _file;
    private readonly IReadOnlyList<TypedColumn> _columns;
    private readonly bool[] _picked;
    private readonly List<(FixedColumn Column, DuckType Type)> _fixed = [];
    private readonly List<TypedColumn> _beside = [];

    /// <param name="context">The task.</param>
    /// <param name="database">Its database.</param>
    /// <param name="connection">A connection to it.</param>
    /// <param name="file">The split.</param>
    /// <param name="columns">What comes out.</param>
    /// <param name="picked">Which rows of the split, one each.</param>
    public RowCopy(
        TaskContext context, TaskDatabase database, DuckConnection connection, SplitFile file, IReadOnlyList<TypedColumn> columns,
        bool[] picked)
    {
        (_context, _database, _connection, _file, _columns, _picked) = (context, database, connection, file, columns, picked);
        var types = file.Columns.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        foreach (TypedColumn column in columns)
        {
            DuckType type = types[column.Name];
            if (column.Form == ColumnForm.Float32) _fixed.Add((new FixedColumn(column.Name, IsRounded: true), DuckType.Float));
            else if (column.Form == ColumnForm.Unchanged && FixedColumn.Holds(type))
                _fixed.Add((new FixedColumn(column.Name, IsRounded: false), type));
            else _beside.Add(column);
        }
    }

    /// <summary>Writes the part to <see cref="PartOutput.Path"/>.</summary>
    /// <exception cref="DuckDbException">DuckDB cannot read or write.</exception>
    /// <exception cref="BatchScoringException">The file is damaged.</exception>
    public void Write(CancellationToken cancellation)
    {
        SplitInput input = _context.Split.Input;
        _database.Picker.Pick(input.FirstRow, _picked);
        _file.Local.WaitForAll();
        using FixedReader? reader = _fixed.Count == 0 || !FitsMemory
            ? null
            : FixedReader.TryOpen(_context.Readers, _file.Local.Path, input.File.Key, [.. _fixed.Select(it => it.Column)],
                _context.ReaderCapBytes, input.FirstRow, input.Rows);
        if (reader is null || !TryWrite(reader, cancellation)) WriteBySql(cancellation);
    }

    /// <summary>
    /// On its way to the file DuckDB holds a vector of each column that comes from outside several times, be it of sixty rows.
    /// </summary>
    private bool FitsMemory => _fixed.Sum(it => FixedColumn.IsNarrow(it.Type) ? 4L : 8L) * DuckChunk.MaxRows
        <= ((long)_context.DuckMemoryMiB << 20) / ShareOfVectors;

    private void WriteBySql(CancellationToken cancellation)
    {
        _file.CheckPages([.. _columns.Select(column => column.Name)], cancellation);
        PartOutput.Write(_connection, Picked(_columns), PartOutput.Path(_context), _columns.Count, cancellation);
    }

    /// <returns>False when a page is in a form that our reader does not read; what was written is void then.</returns>
    private bool TryWrite(FixedReader reader, CancellationToken cancellation)
    {
        if (_beside.Count > 0) _file.CheckPages([.. _beside.Select(column => column.Name)], cancellation);
        TaskSource source = _database.Source(
        [
            new DuckColumn(RowNumber, DuckType.BigInt, "BIGINT"),
            .. _fixed.Select((it, i) => new DuckColumn(FormattableString.Invariant($"c{i}"), it.Type, it.Type.ToString())),
        ]);
        var rows = new PickedRows(reader, _fixed.Count, _picked, _context.Split.Input.FirstRow, cancellation);
        source.Rows.Feed(rows.Fill);
        try
        {
            source.Rows.Run(() =>
                PartOutput.Write(_connection, Select(source.Table), PartOutput.Path(_context), _columns.Count, cancellation));
            return true;
        }
        catch (BatchScoringException e) when (e.Is(TableErrors.ReaderUnsupported))
        {
            return false;
        }
    }

    /// <summary>Put side by side and not joined, as <see cref="SplitFile.SelectBeside"/> does.</summary>
    private string Select(string table)
    {
        var places = _fixed.Select((it, place) => (it.Column.Name, place))
            .ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
        string output = string.Join(", ", _columns.Select(column => places.TryGetValue(column.Name, out int place)
            ? FormattableString.Invariant($"own.c{place} AS {DuckSql.Identifier(column.Name)}")
            : $"beside.{DuckSql.Identifier(column.Name)}"));
        if (_beside.Count == 0) return $"SELECT {output} FROM {table} own";
        return $"""
            SELECT {output} FROM {table} own POSITIONAL JOIN ({Picked([.. _beside, new TypedColumn(RowNumber, "file_row_number")])}) beside
            WHERE CASE WHEN own.{RowNumber} IS DISTINCT FROM beside.{RowNumber}
                THEN error('the rows of a split came out of order') ELSE true END
            """;
    }

    private string Picked(IEnumerable<TypedColumn> columns) =>
        _file.Select(string.Join(", ", columns.Select(column => $"{column.Expression} AS {DuckSql.Identifier(column.Name)}")))
        + $" AND {RowPicker.Condition}";
}
