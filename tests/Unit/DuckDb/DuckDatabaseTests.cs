using System.Diagnostics;
using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;
using DuckDB.NET.Native;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed class DuckDatabaseTests
{
    [Fact]
    public void LibraryVersion_Always_IsThePinnedOne() => DuckDatabase.LibraryVersion.ShouldBe("v1.5.6");

    [Fact]
    public void Open_File_KeepsTheData()
    {
        using var folder = new TemporaryFolder();
        var options = new DuckOptions { Path = folder.File("a.duckdb") };
        using (var database = DuckDatabase.Open(options))
        using (DuckConnection connection = database.Connect())
            connection.Execute("create table t as select 41 + 1 as answer");

        using (var database = DuckDatabase.Open(options))
        using (DuckConnection connection = database.Connect())
        using (DuckResult result = connection.Query("select answer from t"))
            result.Scalar<int>().ShouldBe(42);
    }

    [Fact]
    public void Open_FileOfSomethingElse_SaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.duckdb"), new string('x', 20_000));
        DuckDbException error = Should.Throw<DuckDbException>(() => DuckDatabase.Open(new DuckOptions { Path = folder.File("a.duckdb") }));
        error.ErrorType.ShouldBe(DuckDBErrorType.Io);
        error.Message.ShouldContain("not a valid DuckDB database file");
    }

    [Fact]
    public void Open_ThreadsAndMemory_AreSet()
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 3, MemoryLimitMiB = 256 });
        using DuckConnection connection = database.Connect();
        using (DuckResult threads = connection.Query("select current_setting('threads')")) threads.Scalar<long>().ShouldBe(3);
        using (DuckResult memory = connection.Query("select current_setting('memory_limit')"))
            memory.Scalar<string>().ShouldBe("256.0 MiB");
    }

    [Fact]
    public void Open_Session_IsInUtcWhateverTheMachineSays()
    {
        using var database = DuckDatabase.Open();
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query(
            "select current_setting('TimeZone'), make_timestamptz(1795219200000000)::varchar, make_timestamptz(1795219200000000)::date");
        result.Rows().ShouldHaveSingleItem().ShouldBe(["UTC", "2026-11-21 00:00:00+00", new DateOnly(2026, 11, 21)]);
    }

    [Fact]
    public void Open_NoThreads_IsRefused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => DuckDatabase.Open(new DuckOptions { Threads = 0 }));

    [Fact]
    public void Query_BeyondTheMemoryLimit_FailsAndTheConnectionLives()
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1, MemoryLimitMiB = 16 });
        using DuckConnection connection = database.Connect();
        DuckDbException error = Should.Throw<DuckDbException>(
            () => connection.Execute("create table t as select range as a, range::varchar || repeat('x', 100) as b from range(1000000)"));
        error.ErrorType.ShouldBe(DuckDBErrorType.OutOfMemory);
        error.Code.ShouldBe("DUCKDB_OUT_OF_MEMORY");
        using DuckResult result = connection.Query("select 1");
        result.Scalar<int>().ShouldBe(1);
    }

    [Fact]
    public void DatabaseAndConnection_DisposedFirst_LeaveTheResultUsable()
    {
        var database = DuckDatabase.Open();
        DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query("select range from range(5000)");
        connection.Dispose();
        database.Dispose();
        int rows = 0;
        while (result.NextChunk() is { } chunk) rows += chunk.Rows;
        rows.ShouldBe(5000);
    }

    [Fact]
    public async Task Library_Missing_IsATypedError()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "vstest", typeof(DuckDatabaseTests).Assembly.Location, "--Tests:" +
                nameof(LibraryVersion_Always_IsThePinnedOne) },
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = folder.Path,
        };
        start.Environment[DuckDbLibraryException.LibraryVariable] = folder.File("none.so");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        output.ShouldContain(nameof(DuckDbLibraryException));
        output.ShouldContain(folder.File("none.so"));
    }
}
