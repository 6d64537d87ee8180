using System.Threading.Channels;
using BatchScoring.Core;
using BatchScoring.Spark;

namespace BatchScoring.Engines;

/// <summary>Queries on Spark SQL, their datasets as temporary views. All calls block, so they run on threads of their own.</summary>
internal sealed class SparkSql(SparkSession session, StoreOptions store)
{
    private const int ChunksAhead = 4;

    public Task<SqlResult> ReadAsync(SqlQuery query, CancellationToken cancellation) => RunAsync(cancellation, () =>
    {
        DataFrame frame = Open(query);
        IReadOnlyList<SparkColumn> columns = frame.Columns;
        return new SqlResult(
            [.. columns.Select(column => column.Name)],
            [.. frame.Collect().Select(row => (IReadOnlyList<object?>)[.. row.Values.Select((cell, i) => Cell(columns[i], cell))])]);
    });

    /// <summary>The rows, some thousand at a time, a few chunks ahead of who reads them.</summary>
    public ChannelReader<SparkSqlChunk> Stream(SqlQuery query, CancellationToken cancellation)
    {
        var chunks = Channel.CreateBounded<SparkSqlChunk>(ChunksAhead);
        _ = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    DataFrame frame = Open(query);
                    IReadOnlyList<SparkColumn> columns = frame.Columns;
                    foreach (Row[] rows in frame.ToLocalIterator().Chunk(SparkSqlChunk.MostRows))
                    {
                        // A thread of its own may wait; it must stay the same one, because calls are tied to it.
                        chunks.Writer.WriteAsync(new SparkSqlChunk(columns, rows), cancellation).AsTask().GetAwaiter().GetResult();
                    }

                    chunks.Writer.Complete();
                }
                catch (Exception e)
                {
                    chunks.Writer.Complete(e is SparkException spark ? Failure(spark) : e);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return chunks.Reader;
    }

    /// <summary>Leaves the rows as Parquet in a folder of the store.</summary>
    public Task WriteAsync(SqlQuery query, string folder, CancellationToken cancellation) => RunAsync(cancellation, () =>
    {
        Open(query).Write().Mode("overwrite").Option("compression", "zstd").Parquet(SparkPaths.Of(store.Root, folder));
        return true;
    });

    /// <summary>Rows of each file.</summary>
    public Task<long[]> CountAsync(IReadOnlyList<InputFile> files, CancellationToken cancellation) => RunAsync(cancellation, () =>
        files.Select(file => session.Read().Parquet(SparkPaths.Of(store.Root, file.Key)).Count()).ToArray());

    public static BatchScoringException WrongType(SparkColumn column, string allowed) => new(EngineErrors.SqlType,
        $"The query's column '{column.Name}' is {column.Type}; {allowed}. Cast it in the query.");

    private DataFrame Open(SqlQuery query)
    {
        foreach (SqlDataset dataset in query.Datasets)
        {
            DataFrame frame = session.Read().Parquet([.. dataset.Files.Select(file => SparkPaths.Of(store.Root, file.Key))]);
            if (dataset.Columns is { } columns) frame = frame.SelectExpr([.. columns.Select(SqlDialect.Spark.Name)]);
            frame.CreateOrReplaceTempView(dataset.Name);
        }

        return session.Sql(query.Text);
    }

    private static async Task<T> RunAsync<T>(CancellationToken cancellation, Func<T> work)
    {
        try
        {
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(cancellation);
        }
        catch (SparkException e)
        {
            throw Failure(e);
        }
    }

    private static object? Cell(SparkColumn column, object? cell) => cell switch
    {
        null or bool or long or double or string => cell,
        sbyte number => (long)number,
        short number => (long)number,
        int number => (long)number,
        float number => (double)number,
        _ => throw WrongType(column, "rows carry BIGINT, DOUBLE, BOOLEAN and text"),
    };

    private static BatchScoringException Failure(SparkException e)
    {
        if (e is JavaException java && java.JavaStackTrace.Contains("S3AFileSystem not found", StringComparison.Ordinal))
        {
            return new BatchScoringException(EngineErrors.SqlS3aMissing,
                "Spark SQL cannot read from S3 here: this Spark has no s3a (class org.apache.hadoop.fs.s3a.S3AFileSystem). Add " +
                "hadoop-aws of Spark's "
                + "own Hadoop version and its AWS SDK to the cluster, or run this command without --engine spark. sample and score need no s3a.", inner: e);
        }

        return new BatchScoringException(EngineErrors.SqlFailed, $"The query failed on Spark: {e.Message}", inner: e);
    }
}
