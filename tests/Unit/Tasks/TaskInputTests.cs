using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tasks;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tasks;

/// <summary>How tasks get at their input, and what they say when they cannot.</summary>
public sealed class TaskInputTests : IDisposable
{
    private readonly ScoreBench _bench = new("catboost/numeric-binary");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Remote_SameScoresAsLocal_AndOnlyWhatIsNeededIsFetched()
    {
        string noise = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"hash(id * {i + 1}) AS noise{i}"));
        InputFile file = _bench.Tasks.Write("in/wide.parquet",
            $"SELECT *, {noise} FROM '{_bench.Tasks.Store.LocalPath(_bench.Input().Key)}', range(300) ORDER BY range, id", 20_480);
        TaskSpec split = _bench.Split(file, 102_400, 20_480);
        RemoteStore remote = new(_bench.Tasks.Store);

        TaskResult local = await _bench.RunAsync(split);
        TaskResult fetched = await RunAsync(remote, split);

        fetched.Status.ShouldBe(TaskResultStatus.Done, fetched.Error?.Message);
        fetched.Content.ShouldBe(local.Content);
        fetched.Part!.Sha256.ShouldBe(local.Part!.Sha256);
        remote.BytesRead.ShouldBeLessThan(file.Size / 10);
    }

    [Fact]
    public async Task Remote_FooterThatOurReaderDoesNotRead_SameScoresAsLocal_AndOnlyWhatIsNeededIsFetched()
    {
        InputFile file = Wide("lz4");
        TaskSpec split = _bench.Split(file, 102_400, 20_480);
        RemoteStore remote = new(_bench.Tasks.Store);

        TaskResult local = await _bench.RunAsync(split);
        TaskResult fetched = await RunAsync(remote, split);

        fetched.RowGroupsUnsupported.Keys.ShouldBe(["PARQUET_CODEC"]);
        fetched.Content.ShouldBe(local.Content);
        remote.BytesRead.ShouldBeLessThan(file.Size / 2);
    }

    [Fact]
    public async Task Remote_LastRowGroup_IsFetchedWithoutTheBloomFiltersBehindIt()
    {
        string discrete = string.Join(", ", Enumerable.Range(0, 200).Select(i => $"'v' || hash(id, range, {i}) % 3000 AS c{i}"));
        InputFile file = _bench.Tasks.Write("in/discrete.parquet",
            $"SELECT {discrete}, t.* EXCLUDE (id), id FROM '{_bench.Tasks.Store.LocalPath(_bench.Input().Key)}' t, range(40) ORDER BY " +
            "range, id", 20_480);
        long filters = (long)_bench.Tasks.Duck.Query(
            $"SELECT CAST(sum(bloom_filter_length) AS BIGINT) FROM parquet_metadata('{_bench.Tasks.Store.LocalPath(file.Key)}')")
                .Rows()[0][0]!;
        RemoteStore remote = new(_bench.Tasks.Store);

        TaskResult answer = await RunAsync(remote, _bench.Split(file, 20_480, 19_520));

        answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
        filters.ShouldBeGreaterThan(2 * SparseParquet.TailBytes);
        remote.BytesRead.ShouldBeLessThan(2 * SparseParquet.TailBytes);
    }

    [Fact]
    public async Task Remote_ObjectReplaced_IsRejectedAsChanged()
    {
        InputFile planned = _bench.Input();
        TaskSpec split = _bench.Split(planned, 0, 1000);
        _bench.Changed(1000, "id + 1 AS id", planned.Key);

        (await RunAsync(new RemoteStore(_bench.Tasks.Store), split)).Error!.Code.ShouldBe("INPUT_CHANGED");
    }

    [Fact]
    public async Task Remote_NoParquet_IsRejectedAsCorrupt()
    {
        await _bench.Tasks.Store.PutAsync("in/text.parquet", new byte[5000], PutCondition.Always, CancellationToken.None);

        TaskResult answer = await RunAsync(new RemoteStore(_bench.Tasks.Store), _bench.Split(_bench.Tasks.Pin("in/text.parquet"), 0, 1));

        answer.Error!.Code.ShouldBe("INPUT_CORRUPT");
    }

    [Fact]
    public async Task Remote_FooterThatClaimsTooMuch_IsRejectedAsCorrupt()
    {
        byte[] file = await File.ReadAllBytesAsync(_bench.Tasks.Store.LocalPath(_bench.Input().Key)!);
        BitConverter.TryWriteBytes(file.AsSpan()[^8..], 0x7FFFFFFF);
        await _bench.Tasks.Store.PutAsync("in/liar.parquet", file, PutCondition.Always, CancellationToken.None);

        TaskResult answer = await RunAsync(new RemoteStore(_bench.Tasks.Store), _bench.Split(_bench.Tasks.Pin("in/liar.parquet"), 0, 1));

        answer.Error!.Code.ShouldBe("INPUT_CORRUPT");
    }

    [Fact]
    public async Task Remote_CredentialsExpire_IsAnAnswerOfItsOwn()
    {
        RemoteStore remote = new(_bench.Tasks.Store)
        {
            OnRead = _ =>
            Task.FromException(new StoreException(StorageErrors.CredentialsExpired, "They ended."))
        };

        TaskResult answer = await RunAsync(remote, _bench.Split(_bench.Input(), 0, 1000));

        answer.Status.ShouldBe(TaskResultStatus.CredentialsExpired);
    }

    [Fact]
    public async Task Remote_CredentialsExpireWhileScoring_IsAnAnswerOfItsOwn()
    {
        TaskResult answer = await RunWithFailingChunksAsync(new StoreException(StorageErrors.CredentialsExpired, "They ended."));

        answer.Status.ShouldBe(TaskResultStatus.CredentialsExpired);
    }

    [Fact]
    public async Task Remote_ObjectReplacedWhileScoring_IsRejectedAsChanged() =>
        (await RunWithFailingChunksAsync(new StoreException(StorageErrors.Changed, "It was replaced."))).Error!.Code.ShouldBe(
            "INPUT_CHANGED");

    [Fact]
    public async Task Remote_LocalDiskFillsUpWhileScoring_IsThrownForARetry()
    {
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(
            () => RunWithFailingChunksAsync(new IOException("No space left on device")));

        error.Code.ShouldBe("SCRATCH_FAILED");
        error.Transient.ShouldBeTrue();
    }

    [Fact]
    public async Task Remote_StoreUnreachable_IsThrownForARetry()
    {
        RemoteStore remote = new(_bench.Tasks.Store)
        {
            OnRead = _ =>
            Task.FromException(new StoreException(StorageErrors.Unreachable, "It does not answer."))
        };

        StoreException error = await Should.ThrowAsync<StoreException>(() => RunAsync(remote, _bench.Split(_bench.Input(), 0, 1000)));

        error.Transient.ShouldBeTrue();
    }

    [Theory]
    [InlineData("SELECT id + 1 AS id FROM range(1000) r(id)")]
    [InlineData("SELECT 1 AS id")]
    public async Task Local_FileReplacedSinceThePlan_IsRejectedAsChanged(string other)
    {
        InputFile planned = _bench.Input();
        _bench.Tasks.Write(planned.Key, other);

        (await _bench.RunAsync(_bench.Split(planned, 0, 1000))).Error!.Code.ShouldBe("INPUT_CHANGED");
    }

    [Fact]
    public async Task Local_FileGone_IsRejectedAsChanged()
    {
        InputFile planned = _bench.Input();
        await _bench.Tasks.Store.DeleteAsync(planned.Key, CancellationToken.None);

        (await _bench.RunAsync(_bench.Split(planned, 0, 1000))).Error!.Code.ShouldBe("INPUT_CHANGED");
    }

    [Fact]
    public async Task Local_AbsolutePath_IsRead()
    {
        InputFile file = _bench.Input();
        InputFile absolute = file with { Key = _bench.Tasks.Store.LocalPath(file.Key)! };

        TaskResult answer = await _bench.RunAsync(_bench.Split(absolute, 0, 1000));

        answer.Content.ShouldBe((await _bench.RunAsync(_bench.Split(file, 0, 1000))).Content);
    }

    [Fact]
    public async Task Local_DamagedPage_NamesFileAndRowGroup()
    {
        InputFile file = Damaged(_bench.Tasks.Write("in/damaged.parquet",
            $"SELECT * FROM '{_bench.Tasks.Store.LocalPath(_bench.Input().Key)}', range(10) ORDER BY range, id"), group: 3);

        TaskResult answer = await _bench.RunAsync(_bench.Split(file, 0, 10_000));

        answer.Status.ShouldBe(TaskResultStatus.Rejected);
        answer.Error!.Code.ShouldBe("INPUT_CORRUPT");
        answer.Error.Message.ShouldContain("in/damaged.parquet");
        answer.Error.Message.ShouldContain("row group 3 (rows 6144 to 8191)");
        (await _bench.Tasks.PendingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Remote_DamagedPage_NamesTheRowGroupAndNotOneThatWasNotFetched()
    {
        InputFile file = Damaged(Wide(), group: 5);

        TaskResult answer = await RunAsync(new RemoteStore(_bench.Tasks.Store), _bench.Split(file, 5 * 20_480, 20_480));

        answer.Error!.Code.ShouldBe("INPUT_CORRUPT");
        answer.Error.Message.ShouldContain("row group 5 (rows 102400 to 122879)");
    }

    [Fact]
    public async Task Local_FewerRowsThanPlanned_IsRejected()
    {
        TaskResult answer = await _bench.RunAsync(_bench.Split(_bench.Input(), 900, 200));

        answer.Status.ShouldBe(TaskResultStatus.Rejected);
    }

    /// <summary>The golden rows 300 times, in row groups of 20,480, beside a column that no model needs.</summary>
    private InputFile Wide(string compression = "zstd") => _bench.Tasks.Write("in/wide.parquet",
        $"SELECT *, hash(id + range * 7) AS noise FROM '{_bench.Tasks.Store.LocalPath(_bench.Input().Key)}', range(300) ORDER BY range, id",
            20_480, compression);

    private InputFile Damaged(InputFile file, int group)
    {
        string path = _bench.Tasks.Store.LocalPath(file.Key)!;
        long offset = (long)_bench.Tasks.Duck.Query(
            $"SELECT data_page_offset FROM parquet_metadata('{path}') WHERE row_group_id = {group} AND path_in_schema = 'BILL_AMT3'")
                .Rows()[0][0]!;
        byte[] bytes = File.ReadAllBytes(path);
        bytes.AsSpan((int)offset, 40).Fill(0xFF);
        File.WriteAllBytes(path, bytes);
        return _bench.Tasks.Pin(file.Key);
    }

    /// <summary>The footer comes, the column chunks do not.</summary>
    private Task<TaskResult> RunWithFailingChunksAsync(Exception failure)
    {
        InputFile file = Wide();
        RemoteStore remote = new(_bench.Tasks.Store)
        {
            OnRead = offset =>
            offset < file.Size / 2 ? Task.FromException(failure) : Task.CompletedTask
        };
        return RunAsync(remote, _bench.Split(file, 0, 20_480));
    }

    private async Task<TaskResult> RunAsync(RemoteStore remote, TaskSpec split)
    {
        using TaskRunner runner = new(_ => remote, [new ScoreTask(new ParquetSource(), ModelFormats.Standard)], TimeProvider.System);
        return await runner.RunAsync(_bench.Tasks.Header, split, CancellationToken.None);
    }
}
