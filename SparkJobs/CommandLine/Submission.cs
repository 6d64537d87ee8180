using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>
/// The three objects by which <c>submit</c> and a driver anywhere in a cluster talk: how far it is, its answer, and the sign to stop.
/// </summary>
/// <param name="store">The store both reach.</param>
/// <param name="id">The submission.</param>
internal sealed class Submission(IObjectStore store, string id)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string _progressKey = FolderLayout.Submission(id) + "progress.json";
    private readonly string _stopKey = FolderLayout.Submission(id) + AttemptFiles.StopSign;

    public string AnswerKey { get; } = FolderLayout.Submission(id) + "answer.json";

    public Task LeaveAsync(CommandOutcome answer, CancellationToken cancellation) => store.PutAsync(
        AnswerKey, JsonSerializer.SerializeToUtf8Bytes(answer, JobJson.Default.CommandOutcome), PutCondition.Always, cancellation);

    /// <summary>What the driver left; null when it left nothing.</summary>
    public async Task<CommandOutcome?> FindAsync(CancellationToken cancellation) =>
        await store.GetAsync(AnswerKey, cancellation) is { } content
        ? JsonSerializer.Deserialize(content, JobJson.Default.CommandOutcome)
        : null;

    public Task AskToStopAsync(CancellationToken cancellation) =>
        store.PutAsync(_stopKey, Array.Empty<byte>(), PutCondition.Always, cancellation);

    /// <summary>How far the driver is; null when that is not known.</summary>
    public async Task<JobProgress?> ProgressAsync(CancellationToken cancellation)
    {
        try
        {
            return await store.GetAsync(_progressKey, cancellation) is { } content
                ? JsonSerializer.Deserialize(content, JobJson.Default.JobProgress)
                : null;
        }
        catch (Exception e) when (e is StoreException or JsonException)
        {
            return null; // a courtesy, as on the other side
        }
    }

    /// <summary>
    /// The driver's part: tells how far it is, and cancels the source when the sign appears; ends when the token says so.
    /// </summary>
    public async Task WatchAsync(CancellationTokenSource work, Func<JobProgress?> progress, TimeProvider time, CancellationToken ended)
    {
        using PeriodicTimer timer = new(Interval, time);
        JobProgress? told = null;
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                if (await StopSign.IsRaisedAsync(store, _stopKey, ended)) await work.CancelAsync();
                if (progress() is { } now && now != told && await TellAsync(now, ended)) told = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The job is over.
        }
    }

    private async Task<bool> TellAsync(JobProgress progress, CancellationToken cancellation)
    {
        try
        {
            byte[] content = JsonSerializer.SerializeToUtf8Bytes(progress, JobJson.Default.JobProgress);
            return await store.PutAsync(_progressKey, content, PutCondition.Always, cancellation);
        }
        catch (StoreException)
        {
            return false; // a courtesy; if the store is gone, the job itself finds out and says so
        }
    }
}
