using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;
using DuckDB.NET.Native;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed class DuckConnectionTests : IDisposable
{
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 2 });
    private readonly DuckConnection _connection;

    public DuckConnectionTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void Query_Parameters_ComeBackAsTheyWent()
    {
        object?[] values =
        [
            null, true, (sbyte)-7, (short)-300, -70_000, long.MinValue, (byte)200, (ushort)60_000, 4_000_000_000u, ulong.MaxValue, 0.1f,
                0.1,
            "grüße über zwölf Bytes", "", new DateOnly(1959, 12, 31), new DateTime(2026, 11, 21, 13, 58, 9).AddTicks(1_234_560),
        ];
        string casts = "BOOLEAN BOOLEAN TINYINT SMALLINT INTEGER BIGINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE VARCHAR VARCHAR " +
            "DATE TIMESTAMP";
        string sql = "select " + string.Join(", ", casts.Split(' ').Select(type => $"cast(? as {type})"));
        using DuckResult result = _connection.Query(sql, values);
        result.Rows().ShouldHaveSingleItem().ShouldBe(values);
    }

    [Fact]
    public void Query_TooManyParameters_IsAnArgumentError() =>
        Should.Throw<ArgumentException>(() => _connection.Query("select ?", 1, 2)).Message.ShouldContain("the statement has 1");

    [Fact]
    public void Query_TooFewParameters_SaysWhichIsMissing() =>
        Should.Throw<DuckDbException>(() => _connection.Query("select $1 + $2", 1)).Message.ShouldContain("2");

    [Fact]
    public void Query_TwoStatements_IsAnArgumentError() =>
        Should.Throw<ArgumentException>(() => _connection.Query("select 1; select 2")).Message.ShouldContain("found 2");

    [Fact]
    public void Query_Nonsense_SaysWhatDuckDbSaysAndTheSql()
    {
        DuckDbException error = Should.Throw<DuckDbException>(() => _connection.Query("selec 1"));
        error.ErrorType.ShouldBe(DuckDBErrorType.Parser);
        error.DuckText.ShouldContain("syntax error at or near \"selec\"");
        error.Sql.ShouldBe("selec 1");
        error.Message.ShouldEndWith("SQL: selec 1");
    }

    [Fact]
    public void Query_UnknownTable_IsACatalogError() =>
        Should.Throw<DuckDbException>(() => _connection.Query("select * from nowhere")).ErrorType.ShouldBe(DuckDBErrorType.Catalog);

    [Fact]
    public void Query_FailsInTheMiddle_GivesTheRowsBeforeAndThenTheError()
    {
        using DuckResult result =
            _connection.Query("select case when range < 500000 then range::varchar else 'x' end::int from range(600000)");
        DuckDbException error = Should.Throw<DuckDbException>(() =>
        {
            while (result.NextChunk() is not null)
            {
            }
        });
        error.ErrorType.ShouldBe(DuckDBErrorType.Conversion);
        error.DuckText.ShouldContain("Could not convert string 'x' to INT32");
    }

    [Fact]
    public void Execute_SeveralStatements_SeeEachOther()
    {
        _connection.Execute("create table t (a int); insert into t values (1), (2); insert into t select a + 2 from t");
        using DuckResult result = _connection.Query("select sum(a) from t");
        result.Scalar<long>().ShouldBe(10);
    }

    [Fact]
    public void Execute_SecondStatementFails_KeepsTheFirst()
    {
        Should.Throw<DuckDbException>(() => _connection.Execute("create table t (a int); insert into t values ('x')"));
        using DuckResult result = _connection.Query("select count(*) from t");
        result.Scalar<long>().ShouldBe(0);
    }

    [Fact]
    public void Prepare_RunTwice_TakesNewParameters()
    {
        using DuckStatement statement = _connection.Prepare("select $1 * 2");
        foreach (int value in new[] { 21, -4 })
        {
            statement.Bind(1, value);
            using DuckResult result = statement.Query();
            result.Scalar<long>().ShouldBe(value * 2);
        }
    }

    [Fact]
    public void Prepare_RunTwice_StreamsOnlyTheLatest()
    {
        using DuckStatement statement = _connection.Prepare("select range from range(100000)");
        using DuckResult first = statement.Query();
        first.NextChunk().ShouldNotBeNull();
        using DuckResult second = statement.Query();
        int rows = 0;
        while (second.NextChunk() is { } chunk) rows += chunk.Rows;
        rows.ShouldBe(100_000);
    }

    [Fact]
    public async Task Query_CancelledFromAnotherThread_EndsAndTheConnectionLives()
    {
        using var cancellation = new CancellationTokenSource();
        using var started = new SemaphoreSlim(0);
        Task<DuckChunk?> query = Task.Run(() =>
        {
            started.Release();
            using DuckResult result =
                _connection.Query("select sum(a.range * b.range) from range(1000000) a, range(1000000) b", cancellation.Token);
            return result.NextChunk();
        });
        await started.WaitAsync();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(query.WaitAsync(TimeSpan.FromSeconds(30)));
        using DuckResult after = _connection.Query("select 1");
        after.Scalar<int>().ShouldBe(1);
    }

    [Fact]
    public void NextChunk_CancelledWhileStreaming_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        using DuckResult result = _connection.Query("select range from range(100000000)", cancellation.Token);
        result.NextChunk().ShouldNotBeNull();
        cancellation.Cancel();
        Should.Throw<OperationCanceledException>(() =>
        {
            while (result.NextChunk() is not null)
            {
            }
        });
    }

    [Fact]
    public void Query_CancelledBefore_DoesNotStart() =>
        Should.Throw<OperationCanceledException>(() => _connection.Query("create table t (a int)", new CancellationToken(canceled: true)));

    [Fact]
    public async Task Interrupt_WithoutAToken_IsDuckDbsError()
    {
        using DuckResult result = _connection.Query("select range from range(10000000000)");
        result.NextChunk().ShouldNotBeNull();
        await Task.Run(_connection.Interrupt);
        Should.Throw<DuckDbException>(() =>
        {
            while (result.NextChunk() is not null)
            {
            }
        }).ErrorType.ShouldBe(DuckDBErrorType.Interrupt);
    }

    [Fact]
    public void Parquet_WrittenAndRead_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("it's.parquet");
        _connection.Execute(
            $"copy (select range as id, (range / 7)::float as x, if(range % 3 = 0, null, 'text ' || range) as t from range(5000)) to " +
            $"{DuckSql.Literal(file)} " +
            "(format parquet, compression zstd, row_group_size 2048)");
        using DuckResult result = _connection.Query(
            "select count(*), sum(id), sum(x), count(t), max(file_row_number) from read_parquet(?, file_row_number = true)", file);
        object?[] row = result.Rows().ShouldHaveSingleItem();
        row[0].ShouldBe(5000L);
        row[1].ShouldBe((Int128)(5000 * 4999 / 2));
        ((double)row[2]!).ShouldBe(Enumerable.Range(0, 5000).Sum(i => (double)(float)(i / 7.0)), 1e-6);
        row[3].ShouldBe(3333L);
        row[4].ShouldBe(4999L);
    }

    [Fact]
    public void Parquet_Missing_NamesTheFile()
    {
        DuckDbException error = Should.Throw<DuckDbException>(() => _connection.Query("select * from '/nowhere/at-all.parquet'"));
        error.ErrorType.ShouldBe(DuckDBErrorType.Io);
        error.DuckText.ShouldContain("/nowhere/at-all.parquet");
    }
}
