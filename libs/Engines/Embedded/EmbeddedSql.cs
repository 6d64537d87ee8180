using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.Engines;

/// <summary>One query on a DuckDB of its own, its datasets as views over local files or sparse stand-ins.</summary>
internal sealed class EmbeddedSql : IDisposable
{
    /// <summary>Rows per written file, as everywhere in this product.</summary>
    private const int FileRows = 5 * ParquetSql.MostRowGroupRows;

    private readonly IObjectStore _store;
    private readonly string _text;
    private readonly string _scratch;
    private readonly DuckDatabase _database;
    private readonly DuckConnection _connection;

    private EmbeddedSql(IObjectStore store, string text, string scratch, EmbeddedEngineOptions options)
    {
        (_store, _text, _scratch) = (store, text, scratch);
        _database = DuckDatabase.Open(new DuckOptions
        {
            // In a file, because what WriteAsync holds between query and files may be larger than the memory.
            Path = Path.Combine(scratch, "sql.duckdb"),
            Threads = Math.Max(1, options.Workers),
            MemoryLimitMiB = options.SqlMemoryMiB,
            TempDirectory = scratch,
        });
        _connection = _database.Connect();
    }

    public static async Task<EmbeddedSql> OpenAsync(
        IObjectStore store, IParquetSource source, EmbeddedEngineOptions options, SqlQuery query, CancellationToken cancellation)
    {
        string scratch = ScratchFolder.Create("sql").Path;
        EmbeddedSql? sql = null;
        try
        {
            sql = new EmbeddedSql(store, query.Text, scratch, options);
            foreach (SqlDataset dataset in query.Datasets) await sql.AddViewAsync(source, dataset, cancellation);
            return sql;
        }
        catch (Exception e)
        {
            sql?.Dispose();
            if (sql is null) Directory.Delete(scratch, recursive: true);
            if (e is DuckDbException duck) throw Failure(duck);
            throw;
        }
    }

    /// <summary>Starts the query.</summary>
    public DuckResult Begin(CancellationToken cancellation)
    {
        try
        {
            return _connection.Query(_text, cancellation);
        }
        catch (DuckDbException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>The next rows; null after the last.</summary>
    public static DuckChunk? Next(DuckResult result)
    {
        try
        {
            return result.NextChunk();
        }
        catch (DuckDbException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>The query's rows.</summary>
    public SqlResult Read(CancellationToken cancellation)
    {
        using DuckResult result = Begin(cancellation);
        List<IReadOnlyList<object?>> rows = [];
        while (Next(result) is { } chunk)
        {
            for (int row = 0; row < chunk.Rows; row++)
            {
                object?[] cells = new object?[result.Columns.Count];
                for (int column = 0; column < cells.Length; column++) cells[column] = Cell(chunk, result.Columns[column], column, row);
                rows.Add(cells);
            }
        }

        return new SqlResult([.. result.Columns.Select(column => column.Name)], rows);
    }

    /// <summary>Writes the query's rows into files of the store.</summary>
    public async Task<IReadOnlyList<SqlFile>> WriteAsync(string folder, CancellationToken cancellation)
    {
        List<SqlFile> files = [];
        try
        {
            _connection.Execute($"CREATE TABLE main.result AS {_text}", cancellation);
            using (DuckResult count = _connection.Query("SELECT count(*) FROM main.result"))
            {
                long rows = count.Scalar<long>();
                // One thread, so that the same rows give the same bytes.
                _connection.Execute("SET threads = 1", cancellation);
                for (long first = 0; first < rows; first += FileRows)
                    files.Add(await WriteFileAsync(folder, files.Count, first, cancellation));
            }
        }
        catch (DuckDbException e)
        {
            throw Failure(e);
        }

        return files;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }

    private async Task AddViewAsync(IParquetSource source, SqlDataset dataset, CancellationToken cancellation)
    {
        string[] paths = await source.OpenAllAsync(_store, dataset.Files, new ParquetSlice(dataset.Columns) { WithBloomFilters = true },
            _scratch, cancellation);
        string columns = dataset.Columns is null ? "*" : string.Join(", ", dataset.Columns.Select(DuckSql.Identifier));
        _connection.Execute(
            $"CREATE TEMP VIEW {DuckSql.Identifier(dataset.Name)} AS "
            + $"SELECT {columns} FROM read_parquet({DuckSql.Files(paths)}, hive_partitioning = false)", cancellation);
    }

    private async Task<SqlFile> WriteFileAsync(string folder, int number, long first, CancellationToken cancellation)
    {
        string path = Path.Combine(_scratch, "result.parquet");
        long rows;
        using (DuckResult count = _connection.Query(string.Create(CultureInfo.InvariantCulture,
            $"COPY (SELECT * FROM main.result WHERE rowid BETWEEN {first} AND {first + FileRows - 1}) TO {DuckSql.Literal(path)} "
            + $"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ParquetSql.MostRowGroupRows})"), cancellation))
        {
            rows = count.Scalar<long>();
        }

        string key = string.Create(CultureInfo.InvariantCulture, $"{folder}rows-{number:D5}.parquet");
        await _store.UploadAsync(key, path, cancellation);
        StoredObject stored = await _store.HeadAsync(key, cancellation)
            ?? throw new BatchScoringException(EngineErrors.StagedFileGone,
                $"{key} vanished right after it was written. Only this attempt may touch its staging folder; find out who cleans it.");
        return new SqlFile(new InputFile { Key = key, Size = stored.Size, Version = stored.Version }, rows);
    }

    private static object? Cell(DuckChunk chunk, DuckColumn column, int index, int row) =>
        chunk.IsNull(index, row) ? null : column.Type switch
        {
            DuckType.Boolean => chunk.Values<bool>(index)[row],
            DuckType.TinyInt => (long)chunk.Values<sbyte>(index)[row],
            DuckType.SmallInt => (long)chunk.Values<short>(index)[row],
            DuckType.Integer => (long)chunk.Values<int>(index)[row],
            DuckType.BigInt => chunk.Values<long>(index)[row],
            DuckType.Float => (double)chunk.Values<float>(index)[row],
            DuckType.Double => chunk.Values<double>(index)[row],
            DuckType.Varchar => chunk.Values<DuckText>(index)[row].ToString(),
            _ => throw WrongType(column, "rows carry BIGINT, DOUBLE, BOOLEAN and text"),
        };

    public static BatchScoringException WrongType(DuckColumn column, string allowed) => new(EngineErrors.SqlType,
        $"The query's column '{column.Name}' is {column.SqlType}; {allowed}. Cast it in the query.");

    private static BatchScoringException Failure(DuckDbException e) => e.Kind switch
    {
        DuckDbErrorKind.Memory => new BatchScoringException(EngineErrors.SqlMemory,
            $"The query needs more memory than it may use: {e.Reason} Raise the memory.", inner: e),
        DuckDbErrorKind.Library => new BatchScoringException(DuckDbErrors.LibraryMissing, e.Reason, e),
        DuckDbErrorKind.Disk or DuckDbErrorKind.Missing or DuckDbErrorKind.Rights => new BatchScoringException(EngineErrors.SqlIo,
            $"The query could not read or write a file: {e.Reason} Make room, or point TMPDIR to another disk.", inner: e),
        _ => new BatchScoringException(EngineErrors.SqlFailed, $"The query failed: {e.Reason}", inner: e),
    };
}
