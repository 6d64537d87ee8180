using System.Globalization;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Dirt;
using BatchScoring.DataGen.Labels;
using BatchScoring.DataGen.Rows;
using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.DataGen.Output;

/// <summary>
/// Makes files of the table, one at a time: rows into a DuckDB table in memory, the table into a file. DuckDB works with one thread, so that
/// the bytes do not depend on how threads meet; several makers work side by side. One thread at a time.
/// </summary>
internal sealed class FileMaker : IDisposable
{
    private readonly TableSchema _schema;
    private readonly DirtPlan _dirt;
    private readonly TableFormat _format;
    private readonly BlockMaker _block;
    private readonly ModelRows _model;
    private readonly Labeller _labeller;
    private readonly DuckDatabase _database;
    private readonly DuckConnection _connection;

    public FileMaker(TableSchema schema, CatBoostModel model, DirtPlan dirt, TableFormat format)
    {
        (_schema, _dirt, _format) = (schema, dirt, format);
        _block = new BlockMaker(schema);
        _model = new ModelRows(model, schema);
        _labeller = new Labeller(schema.Seed);
        _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        _connection = _database.Connect();
    }

    /// <summary>Makes one file.</summary>
    /// <param name="firstRow">A multiple of 4.</param>
    /// <param name="rows">Rows of the file.</param>
    /// <param name="path">Must not exist yet in full; it appears under this name when it is complete.</param>
    /// <param name="progress">Is told of rows done.</param>
    /// <param name="cancellation">Leaves no file under the name.</param>
    public FileOutcome Make(long firstRow, int rows, string path, Action<int> progress, CancellationToken cancellation)
    {
        var auc = new BestAuc();
        _connection.Execute($"CREATE OR REPLACE TABLE loans ({string.Join(", ", SqlColumns())})", cancellation);
        using (DuckAppender appender = _connection.CreateAppender("loans"))
        {
            var cells = new BlockCells(_schema, _dirt, appender);
            for (int done = 0; done < rows; done += BlockMaker.MaxRows)
            {
                cancellation.ThrowIfCancellationRequested();
                int count = Math.Min(BlockMaker.MaxRows, rows - done);
                _block.Start(firstRow + done, count);
                cells.Fill(_block, _model, _labeller, auc);
                appender.AppendRows(count);
                progress(count);
            }

            appender.Close();
        }

        string unfinished = path + ".tmp";
        _connection.Execute($"COPY loans TO {DuckSql.Literal(unfinished)} ({CopyOptions()})", cancellation);
        _connection.Execute("DROP TABLE loans", cancellation);
        File.Move(unfinished, path, overwrite: true);
        return new FileOutcome(new FileInfo(path).Length, auc);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private IEnumerable<string> SqlColumns() =>
    [
        $"{DuckSql.Identifier(TableSchema.Key)} BIGINT",
        .. _schema.Features.Select(column => $"{DuckSql.Identifier(column.Name)} {(_dirt.IsText(column) ? "VARCHAR" : column.SqlType)}"),
        $"{DuckSql.Identifier(TableSchema.Loss)} INTEGER",
        $"{DuckSql.Identifier(TableSchema.Default)} INTEGER",
    ];

    private string CopyOptions() => _format == TableFormat.Csv
        ? "FORMAT csv, HEADER true"
        : string.Create(CultureInfo.InvariantCulture, $"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {10 * BlockMaker.MaxRows}");
}
