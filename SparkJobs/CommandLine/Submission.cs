using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>The two objects by which <c>submit</c> and a driver anywhere in a cluster talk: the answer, and the sign to stop.</summary>
/// <param name="store">The store both reach.</param>
/// <param name="id">The submission.</param>
internal sealed class Submission(IObjectStore store, string id)
{
    private static readonly TimeSpan LookForSign = TimeSpan.FromSeconds(1);

    public string AnswerKey { get; } = FolderLayout.Submission(id) + "answer.json";

    private string StopKey { get; } = FolderLayout.Submission(id) + AttemptFiles.StopSign;

    public Task LeaveAsync(CommandAnswer answer, CancellationToken cancellation) => store.PutAsync(
        AnswerKey, JsonSerializer.SerializeToUtf8Bytes(answer, JobJson.Default.CommandAnswer), PutCondition.Always, cancellation);

    /// <summary>What the driver left; null when it left nothing.</summary>
    public async Task<CommandAnswer?> FindAsync(CancellationToken cancellation) => await store.GetAsync(AnswerKey, cancellation) is { } content
        ? JsonSerializer.Deserialize(content, JobJson.Default.CommandAnswer)
        : null;

    public Task AskToStopAsync(CancellationToken cancellation) => store.PutAsync(StopKey, Array.Empty<byte>(), PutCondition.Always, cancellation);

    /// <summary>Cancels the source when the sign appears; ends when the token says so.</summary>
    public async Task WatchAsync(CancellationTokenSource work, TimeProvider time, CancellationToken ended)
    {
        using PeriodicTimer timer = new(LookForSign, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                if (await IsAskedAsync(ended)) await work.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The job is over.
        }
    }

    private async Task<bool> IsAskedAsync(CancellationToken cancellation)
    {
        try
        {
            return await store.HeadAsync(StopKey, cancellation) is not null;
        }
        catch (StoreException)
        {
            // Not known is not a stop; if the store is gone, the job itself finds out and says so.
            return false;
        }
    }
}
