using System.Threading.Channels;
using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>A fixed number of workers that take splits from one list; the first failure stops them all.</summary>
internal sealed class WorkerPool(
    ITaskRunner runner, HeaderHolder header, IReadOnlyList<TaskSpec> splits, EmbeddedEngineOptions options, TimeProvider time)
{
    /// <summary>More renewals of one split than this mean that fresh credentials do not help.</summary>
    private const int RenewalsPerSplit = 3;

    private readonly Channel<TaskResult> _answers = Channel.CreateUnbounded<TaskResult>(new() { SingleReader = true });
    private int _next = -1;

    public ChannelReader<TaskResult> Answers => _answers.Reader;

    /// <summary>
    /// Ends when all splits are answered, or with the first failure after every worker ended; completes <see cref="Answers"/>.
    /// </summary>
    public async Task RunAsync(CancellationTokenSource stop)
    {
        int workers = Math.Min(Math.Max(1, options.Workers), splits.Count);
        Exception? failure = null;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            try
            {
                await WorkAsync(stop.Token);
            }
            catch (Exception e)
            {
                // The first failure is the reason; what the others throw after it is only the echo of the stop.
                Interlocked.CompareExchange(ref failure, e, comparand: null);
                await stop.CancelAsync();
            }
        })));
        _answers.Writer.Complete(failure);
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        for (int i = Interlocked.Increment(ref _next); i < splits.Count; i = Interlocked.Increment(ref _next))
        {
            await _answers.Writer.WriteAsync(await AnswerAsync(splits[i], stop), stop);
        }
    }

    private async Task<TaskResult> AnswerAsync(TaskSpec split, CancellationToken stop)
    {
        int failures = 0;
        int renewals = 0;
        while (true)
        {
            HeaderLine used = header.Current;
            try
            {
                TaskResult answer = await runner.RunAsync(used, split, stop);
                if (answer.Status != TaskResultStatus.CredentialsExpired || renewals++ == RenewalsPerSplit) return answer;
                await header.RenewAsync(used, answer.Error, stop);
            }
            catch (BatchScoringException e) when (e.Transient && failures < options.Retries)
            {
                await Task.Delay(options.RetryDelay * (1 << failures++), time, stop);
            }
        }
    }
}
