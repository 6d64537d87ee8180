using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tables;

/// <summary>Reading begins while the store still sends: a held request stands for a slow one.</summary>
public sealed class ArrivingFileTests : IDisposable
{
    private const int GroupRows = 20_480;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TaskBench _bench = new();
    private readonly RemoteStore _remote;
    private readonly InputFile _file;
    private readonly long _secondGroup;
    private readonly long _tail;

    public ArrivingFileTests()
    {
        _remote = new RemoteStore(_bench.Store);
        string noise = string.Join(", ", Enumerable.Range(0, 8).Select(i => $"hash(id * {i + 1}) AS noise{i}"));
        _file = _bench.Write("in/wide.parquet",
            $"SELECT id, CAST(id % 100 AS FLOAT) AS x, 'c' || id % 7 AS c, {noise} FROM range({2 * GroupRows}) r(id) ORDER BY id",
                GroupRows);
        _secondGroup = (long)_bench.Duck.Query(
            $"SELECT min(data_page_offset) FROM parquet_metadata('{_bench.Store.LocalPath(_file.Key)}') WHERE row_group_id = 1")
                .Rows()[0][0]!;
        _tail = _file.Size - SparseParquet.TailBytes;
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Numbers_OfTheFirstRowGroup_AreReadBeforeTheSecondHasArrived()
    {
        TaskCompletionSource sent = Hold();
        await using ArrivingFile file = await BeginAsync("id", "x");
        using SplitReaders readers = new();
        using LazyDatabase database = new(new DuckOptions { Threads = 1 });
        using ISplitReader reader = readers.OpenParquet(database, Request(file, ("x", ColumnKind.Number)), ReaderChoice.Native);

        await ReadAsync(reader, GroupRows);
        sent.SetResult();

        (await ReadAsync(reader, GroupRows)).ShouldBe((2 * GroupRows) - 1);
        (await Task.Run(reader.Next).WaitAsync(Patience)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(ReaderChoice.Auto)]
    [InlineData(ReaderChoice.DuckDb)]
    public async Task Categories_ComeThroughDuckDb_WhichWaitsForAll(ReaderChoice choice)
    {
        TaskCompletionSource lost = Hold();
        await using ArrivingFile file = await BeginAsync("id", "x", "c");
        using SplitReaders readers = new();
        using LazyDatabase database = new(new DuckOptions { Threads = 1 });
        using ISplitReader reader = readers.OpenParquet(
            database, Request(file, ("x", ColumnKind.Number), ("c", ColumnKind.Category)), choice);
        Task<bool> reading = Task.Run(reader.Next);

        lost.SetException(new StoreException(StorageErrors.Unreachable, "It does not answer."));

        // Had it not waited, it would hand out the first row group, or find a hole.
        (await Should.ThrowAsync<StoreException>(() => reading.WaitAsync(Patience))).Code.ShouldBe("STORE_UNREACHABLE");
    }

    [Fact]
    public async Task Wait_AnotherPieceFails_ThrowsItsErrorAndNotThatTheRestWasGivenUp()
    {
        TaskCompletionSource never = new();
        _remote.OnRead = offset => offset >= _tail ? Task.CompletedTask
            : offset >= _secondGroup
                ? never.Task
                : Task.FromException(new StoreException(StorageErrors.Unreachable, "It does not answer."));
        await using ArrivingFile file = await BeginAsync("id", "x");

        StoreException error = await Should.ThrowAsync<StoreException>(() =>
            Task.Run(() => file.WaitFor(_secondGroup, 1)).WaitAsync(Patience));

        error.Code.ShouldBe("STORE_UNREACHABLE");
    }

    [Fact]
    public async Task Wait_SeveralWritesFailAtOnce_IsTheDisksFailureWhicheverIsWaitedFor()
    {
        using Barrier all = new(2);
        Task Fail(ByteRange piece, CancellationToken stop) => Task.Run(() =>
        {
            all.SignalAndWait(Patience).ShouldBeTrue();
            throw new IOException("No space left on device");
        }, CancellationToken.None);
        await using ArrivingFile file =
            new("/scratch/input.parquet", null, [new ByteRange(4, 10), new ByteRange(20, 10)], Fail, CancellationToken.None);

        foreach (long offset in new[] { 4, 20 })
            Should.Throw<BatchScoringException>(() => file.WaitFor(offset, 1)).Code.ShouldBe("SCRATCH_FAILED");
    }

    [Fact]
    public async Task Wait_CallerCancels_EndsTheWait()
    {
        Hold();
        using CancellationTokenSource caller = new();
        await using ArrivingFile file = await new ParquetSource()
            .BeginAsync(_remote, _file, new ParquetSlice(["id"]), _bench.Folder.Path, caller.Token);
        var waiting = Task.Run(() => file.WaitFor(_secondGroup, 1));

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Dispose_WhileSomeoneWaits_EndsTheWait()
    {
        Hold();
        ArrivingFile file = await BeginAsync("id", "x");
        var waiting = Task.Run(() => file.WaitFor(_secondGroup, 1));

        await file.DisposeAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    /// <summary>Holds back what lies in the second row group.</summary>
    private TaskCompletionSource Hold()
    {
        TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _remote.OnRead = offset => offset >= _secondGroup && offset < _tail ? sent.Task : Task.CompletedTask;
        return sent;
    }

    private Task<ArrivingFile> BeginAsync(params string[] columns) =>
        new ParquetSource().BeginAsync(_remote, _file, new ParquetSlice(columns), _bench.Folder.Path, CancellationToken.None);

    private static SplitReadRequest Request(ArrivingFile file, params (string Name, ColumnKind Kind)[] inputs) => new()
    {
        Path = file.Path,
        Arriving = file,
        Key = "id",
        Columns = [.. inputs.Select(input => new ColumnRequest(input.Name, input.Kind, new CategoryCodes(CategoryHash.Encoder)))],
    };

    /// <returns>The last key read.</returns>
    private static Task<long> ReadAsync(ISplitReader reader, int rows) => Task.Run(() =>
    {
        long key = -1;
        for (int read = 0; read < rows; read += reader.Rows)
        {
            reader.Next().ShouldBeTrue();
            key = Key(reader);
        }

        return key;
    }).WaitAsync(Patience);

    private static long Key(ISplitReader reader) => reader.Key.Values<long>()[reader.Rows - 1];
}
