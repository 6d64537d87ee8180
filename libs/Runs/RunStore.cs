using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.Runs;

/// <summary>The files of attempts: plan, result and record. The record can always be made again from what was published.</summary>
/// <remarks>Thread safe.</remarks>
/// <param name="store">Where they lie.</param>
/// <param name="time">Clock of the records.</param>
public sealed class RunStore(IObjectStore store, TimeProvider time)
{
    /// <summary>Puts the plan, and the rows that were set aside before it.</summary>
    public async Task PutPlanAsync(Attempt attempt, CancellationToken cancellation)
    {
        await PutAsync(attempt.Key(AttemptFiles.Plan), attempt.Plan, CoreJson.Default.Plan, cancellation);
        if (attempt.Request.Early is { Rows: > 0 } early)
            await store.UploadAsync(attempt.Key(AttemptFiles.Quarantine + "source.parquet"), early.LocalFile, cancellation);
    }

    /// <summary>Puts every task's answer; a publish asks for it.</summary>
    public Task PutResultAsync(Attempt attempt, RunResult result, CancellationToken cancellation) =>
        PutAsync(attempt.Key(AttemptFiles.Result), result, CoreJson.Default.RunResult, cancellation);

    /// <summary>Puts the verdict.</summary>
    public Task PutRecordAsync(RunRecord record, CancellationToken cancellation) =>
        PutAsync(record.AttemptFolder + AttemptFiles.Record, record, CoreJson.Default.RunRecord, cancellation);

    /// <summary>A failed attempt says so; when even that cannot be written, the error itself is what the user must see.</summary>
    public async Task TryPutFailureAsync(Attempt attempt, TaskError error)
    {
        try
        {
            RunRecord record = RunRecord.From(attempt.Plan, result: null, Verdict.Failed, time.GetUtcNow()) with
            {
                ExitCode = error.ExitCode,
                Error = error,
            };
            await PutRecordAsync(record, CancellationToken.None);
        }
        catch (BatchScoringException)
        {
        }
    }

    /// <summary>All records below a prefix, newest first. One that cannot be read hides none of the others.</summary>
    public async Task<RunRecords> RecordsAsync(string prefix, CancellationToken cancellation)
    {
        var records = new List<RunRecord>();
        var unreadable = new List<BatchScoringException>();
        await foreach (StoredObject found in store.ListAsync(prefix, cancellation))
        {
            if (!found.Key.EndsWith("/" + AttemptFiles.Record, StringComparison.Ordinal)) continue;
            (RunRecord? record, BatchScoringException? problem) = await ReadRecordAsync(found.Key, cancellation);
            if (record is not null) records.Add(record);
            if (problem is not null) unreadable.Add(problem);
        }

        return new RunRecords([.. records.OrderByDescending(record => record.Finished)], unreadable);
    }

    /// <summary>A held run whose record cannot be read runs once more, and is held again.</summary>
    public async Task<RunRecord?> FindHeldAsync(RunRequest request, CancellationToken cancellation) =>
        (await RecordsAsync(FolderLayout.Run(request.Run), cancellation)).Readable
            .FirstOrDefault(record => record.Verdict == Verdict.Held && record.Fingerprint == request.Fingerprint);

    /// <summary>The record of a published result, made from its <c>result.json</c> when its attempt left none that can be read.</summary>
    public async Task<RunRecord> RecordOfAsync(ManifestFile winner, Verdict verdict, CancellationToken cancellation)
    {
        Manifest manifest = winner.Manifest;
        (RunRecord? known, _) = await ReadRecordAsync(manifest.AttemptFolder + AttemptFiles.Record, cancellation);
        if (known is not { Verdict: Verdict.Published })
        {
            known = await MakeAsync(manifest, cancellation);
            await PutRecordAsync(known, cancellation);
        }

        return known with { Verdict = verdict };
    }

    /// <summary>A file of an attempt; null when it is not there.</summary>
    /// <exception cref="BatchScoringException"><c>RUN_FILE_UNREADABLE</c>: it is something else.</exception>
    public async Task<T?> GetAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        byte[]? content = await store.GetAsync(key, cancellation);
        try
        {
            return content is null ? null : JsonSerializer.Deserialize(content, type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new BatchScoringException(RunErrors.RunFileUnreadable,
                $"{key} is not what this program writes there: {e.Message} Look at it, and move it away if it is not ours.", inner: e);
        }
    }

    private async Task<(RunRecord? Record, BatchScoringException? Problem)> ReadRecordAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return (await GetAsync(key, CoreJson.Default.RunRecord, cancellation), null);
        }
        catch (BatchScoringException e) when (e.Is(RunErrors.RunFileUnreadable))
        {
            return (null, e);
        }
    }

    private async Task<RunRecord> MakeAsync(Manifest manifest, CancellationToken cancellation)
    {
        Plan plan = await GetAsync(manifest.AttemptFolder + AttemptFiles.Plan, CoreJson.Default.Plan, cancellation)
            ?? throw Gone(AttemptFiles.Plan);
        RunResult result = await GetAsync(manifest.AttemptFolder + AttemptFiles.Result, CoreJson.Default.RunResult, cancellation)
            ?? throw Gone(AttemptFiles.Result);
        return RunRecord.From(plan, result, Verdict.Published, manifest.Created) with { Details = manifest.Details };

        BatchScoringException Gone(string file) => new(RunErrors.RunFileGone,
            $"{manifest.AttemptFolder}{file} is gone, though {manifest.Folder} was published by that attempt. The result itself is " +
            "complete; restore the file to see how it was made.");
    }

    private Task PutAsync<T>(string key, T value, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        store.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(value, type), PutCondition.Always, cancellation);
}
