using System.Globalization;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Dirt;
using BatchScoring.DataGen.Labels;
using BatchScoring.DataGen.Rows;
using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.DataGen.Output;

/// <summary>
/// Makes files of the table, one at a time: rows go into the file as they are made, so that a row group is in memory and not the file.
/// DuckDB works with one thread, so that the bytes do not depend on how threads meet; several makers work side by side. One thread at a
/// time.
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
    private readonly BlockCells _cells;
    private readonly DuckSource _rows;

    public FileMaker(TableSchema schema, CatBoostModel model, DirtPlan dirt, TableFormat format)
    {
        (_schema, _dirt, _format) = (schema, dirt, format);
        _block = new BlockMaker(schema);
        _model = new ModelRows(model, schema);
        _labeller = new Labeller(schema.Seed);
        _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        _connection = _database.Connect();
        _cells = new BlockCells(schema, dirt);
        _rows = _connection.RegisterSource("loans", [.. Columns()], _ => 0);
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
        int done = 0;
        _rows.Feed(cells =>
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockMaker.MaxRows, rows - done);
            if (count == 0) return 0;
            _block.Start(firstRow + done, count);
            _cells.Fill(_block, _model, _labeller, auc, cells);
            done += count;
            progress(count);
            return count;
        });
        string unfinished = path + ".tmp";
        _rows.Run(() => _connection.Execute($"COPY (FROM loans()) TO {DuckSql.Literal(unfinished)} ({CopyOptions()})", cancellation));
        File.Move(unfinished, path, overwrite: true);
        return new FileOutcome(new FileInfo(path).Length, auc);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private IEnumerable<DuckColumn> Columns() =>
    [
        new(TableSchema.Key, DuckType.BigInt, "BIGINT"),
        .. _schema.Features.Select(column => Column(column.Name, _dirt.IsText(column) ? "VARCHAR" : column.SqlType)),
        new(TableSchema.Loss, DuckType.Integer, "INTEGER"),
        new(TableSchema.Default, DuckType.Integer, "INTEGER"),
    ];

    private static DuckColumn Column(string name, string type) => new(name, Enum.Parse<DuckType>(type, ignoreCase: true), type);

    private string CopyOptions() => _format == TableFormat.Csv
        ? "FORMAT csv, HEADER true"
        : string.Create(CultureInfo.InvariantCulture, $"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {10 * BlockMaker.MaxRows}");
}
