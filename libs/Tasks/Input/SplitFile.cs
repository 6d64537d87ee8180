using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>The rows of a split, as SQL can select from them.</summary>
internal sealed class SplitFile : IAsyncDisposable
{
    private readonly TaskContext _context;
    private readonly string _from;

    private SplitFile(TaskContext context, ArrivingFile local, string from, IReadOnlyList<DuckColumn> columns) =>
        (_context, Local, _from, Columns) = (context, local, from, columns);

    /// <summary>The file's columns, all of them, in its order; those that it does not simply hold come last.</summary>
    public IReadOnlyList<DuckColumn> Columns { get; }

    /// <summary>Where its bytes are, or are about to be.</summary>
    public ArrivingFile Local { get; }

    /// <summary>Reads the schema, and begins to fetch what is needed of the file.</summary>
    /// <param name="source">Finds the file.</param>
    /// <param name="shapes">Reads its footer.</param>
    /// <param name="context">The task.</param>
    /// <param name="connection">Reads the schema; not kept.</param>
    /// <param name="needed">Columns that will be read and must be there; null means all.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<SplitFile> OpenAsync(
        ParquetSource source, ParquetShapes shapes, TaskContext context, DuckConnection connection, IReadOnlyCollection<string>? needed,
        CancellationToken cancellation)
    {
        SplitInput input = context.Split.Input;
        if (input.FirstRow < 0 || input.Rows < 1)
            throw new BatchScoringException(TaskErrors.SplitInvalid,
                $"Split {context.Split.Split} of {input.File.Key} starts at row {input.FirstRow} and has {input.Rows} rows; at least one " +
                "row is needed.");
        ArrivingFile local = await source.BeginAsync(
            context.Store, input.File, new ParquetSlice(needed, input.FirstRow, input.Rows), context.Scratch, cancellation);
        try
        {
            IReadOnlyList<DuckColumn> columns = shapes.Read(connection, local.Path, input.File.Key, cancellation).Columns;
            string from = ParquetSql.NumberedView(local.Path, columns.Select(column => column.Name), input.File.Columns);
            if (input.File.Columns.Count > 0)
            {
                using DuckResult viewed = connection.Query($"SELECT * EXCLUDE (file_row_number) FROM {from} LIMIT 0", cancellation);
                columns = viewed.Columns;
            }

            SplitFile file = new(context, local, from, columns);
            string[] missing = [.. (needed ?? []).Where(name => file.Find(name) is null)];
            return missing.Length == 0 ? file : throw InputErrors.ColumnsMissing(input.File.Key, missing);
        }
        catch
        {
            await local.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Local.DisposeAsync();

    /// <summary>A column of that exact name, or null.</summary>
    public DuckColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The key column, checked to be something that can be a key.</summary>
    public DuckColumn Key(string name)
    {
        DuckColumn key = Find(name) ?? throw InputErrors.ColumnsMissing(_context.Split.Input.File.Key, [name]);
        return key.Type is DuckType.Varchar or (>= DuckType.TinyInt and <= DuckType.UBigInt)
            ? key
            : throw InputErrors.KeyType(_context.Split.Input.File.Key, name, key.SqlType);
    }

    /// <summary>Holds the split's pages against what they promise, once all of them are there: DuckDB does not.</summary>
    /// <param name="columns">Which columns; null for all.</param>
    /// <param name="cancellation">Ends the call.</param>
    public void CheckPages(IReadOnlyCollection<string>? columns, CancellationToken cancellation)
    {
        SplitInput input = _context.Split.Input;
        Local.WaitForAll();
        ParquetSlice slice = new ParquetSlice(columns, input.FirstRow, input.Rows).In(input.File);
        ParquetPages.Check(Local.Path, input.File.Key, slice, cancellation);
    }

    /// <summary>
    /// A query over the split's rows in file order, once all of them are there. Within it <c>file_row_number</c> is the row's number in the
    /// file.
    /// </summary>
    /// <param name="expressions">What to select, as SQL.</param>
    public string Select(string expressions)
    {
        Local.WaitForAll();
        return string.Create(CultureInfo.InvariantCulture,
            $"SELECT {expressions} FROM {_from} "
            + $"WHERE file_row_number BETWEEN {_context.Split.Input.FirstRow} AND " +
            $"{_context.Split.Input.FirstRow + _context.Split.Input.Rows - 1}");
    }

    /// <summary>A column of the file within <see cref="SelectBeside"/>.</summary>
    public static string Column(string name) => "input." + DuckSql.Identifier(name);

    /// <summary>
    /// A query over the split's rows beside a table with one row for each of them (<c>row_number</c>, <c>keep</c>, results), in file order,
    /// only where <c>keep</c> is true. Put side by side and not joined: a join may change the order, and sorting wide rows is dear.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">The file's columns that <paramref name="output"/> uses.</param>
    /// <param name="output">What to select, as SQL: <see cref="Column"/>, or <c>beside.</c> and a column of the table.</param>
    public string SelectBeside(string table, IEnumerable<string> columns, IEnumerable<string> output) =>
        $"""
        SELECT {string.Join(", ", output)}
        FROM ({Select(string.Join(", ", columns.Select(DuckSql.Identifier).Append("file_row_number AS split_row")))}) input
        POSITIONAL JOIN {table} beside
        WHERE CASE WHEN input.split_row IS DISTINCT FROM beside.row_number
            THEN error('the rows of a split came out of order') ELSE beside.keep END
        """;

    /// <summary>The plan took the row count from the footer; other rows than planned are another file.</summary>
    public void CheckRows(long read)
    {
        SplitInput input = _context.Split.Input;
        if (read != input.Rows)
            throw InputErrors.Changed(input.File.Key, $"from row {input.FirstRow} on it has {read} rows, planned were {input.Rows}.");
    }
}
