using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Spark;
using BatchScoring.Storage;

namespace BatchScoring.Engines;

/// <summary>
/// Sends splits to runners on executors until each is answered: one job, and another for those whose credentials expired on the way.
/// </summary>
internal sealed class SparkTasks(
    SparkContext spark, IObjectStore store, OnSparkEngineOptions options, TimeProvider time, Action<long> rowsDone)
{
    /// <summary>More rounds than this mean that fresh credentials do not help.</summary>
    private const int Renewals = 3;

    /// <summary>
    /// Runners look for the stop sign four times a second and then give up what they have; those that were about to start end at once.
    /// </summary>
    private static readonly TimeSpan RunnersEnd = TimeSpan.FromSeconds(1);

    private int _jobs;

    public async Task<IReadOnlyList<TaskResult>> RunAsync(
        HeaderLine header, IReadOnlyList<TaskSpec> splits, Func<CancellationToken, Task<HeaderLine>>? renewHeader,
            CancellationToken cancellation)
    {
        List<TaskResult> answers = [];
        IReadOnlyList<TaskSpec> open = splits;
        for (int round = 0; open.Count > 0; round++)
        {
            IReadOnlyList<TaskResult> found = Matched(await RunJobAsync(header, open, cancellation), open);
            bool last = renewHeader is null || round == Renewals;
            answers.AddRange(found.Where(answer => last || answer.Status != TaskResultStatus.CredentialsExpired));
            HashSet<int> expired = last
                ? []
                : [.. found.Where(answer => answer.Status == TaskResultStatus.CredentialsExpired).Select(answer => answer.Split)];
            open = [.. open.Where(split => expired.Contains(split.Split))];
            if (open.Count > 0) header = await renewHeader!(cancellation);
        }

        return answers;
    }

    private async Task<IReadOnlyList<string>> RunJobAsync(HeaderLine header, IReadOnlyList<TaskSpec> splits, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<TaskPartition> partitions = TaskPartition.Cut(splits, spark.DefaultParallelism);
        string group = $"{header.Attempt}-{_jobs++}";
        RunnerJob job = new(spark, group, $"{splits[0].Kind}: {splits.Count} splits",
            [.. partitions.Select(partition => partition.Text(header))], options.RunnerCommand);
        await using JobWatch watch = new(spark, group, partitions, rowsDone, options.Say);
        try
        {
            IReadOnlyList<string> lines = await job.Lines.WaitAsync(cancellation);
            await watch.CompleteAsync();
            return lines;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await StopAsync(job, header);
            throw;
        }
        catch (SparkException e)
        {
            throw await RunnerErrors.ExplainAsync(store, header.AttemptFolder, e);
        }
    }

    /// <summary>
    /// Spark lets a runner of a cancelled task go on to its natural end, so the sign ends it; then it is told to start no further ones.
    /// Returns when the runners are gone, as far as that can be known from here: what is pending after that, nobody adds to.
    /// </summary>
    private async Task StopAsync(RunnerJob job, HeaderLine header)
    {
        try
        {
            if (header.StopKey is { } sign) await store.PutAsync(sign, Array.Empty<byte>(), PutCondition.Always, CancellationToken.None);
        }
        catch (StoreException)
        {
            // Without a store no runner gets far, either.
        }

        if (await EndsWithinAsync(job)) return;
        await Task.Run(job.Cancel);
        await EndsWithinAsync(job);
        await Task.Delay(RunnersEnd, time, CancellationToken.None);
    }

    private async Task<bool> EndsWithinAsync(RunnerJob job) =>
        await Task.WhenAny(job.Lines, Task.Delay(RunnersEnd, time)) == job.Lines;

    private static IReadOnlyList<TaskResult> Matched(IReadOnlyList<string> lines, IReadOnlyList<TaskSpec> splits)
    {
        Dictionary<int, TaskResult> answers = [];
        foreach (string line in lines)
        {
            TaskResult answer = Read(line);
            if (!answers.TryAdd(answer.Split, answer)) throw Broken($"split {answer.Split} was answered twice");
        }

        // A stopped runner answers the split that it was at and leaves the rest.
        if (answers.Values.FirstOrDefault(answer => answer.Status == TaskResultStatus.Stopped) is { } stopped) return [stopped];
        return splits.FirstOrDefault(split => !answers.ContainsKey(split.Split)) is { } missing
            ? throw Broken($"split {missing.Split} was not answered")
            : answers.Count > splits.Count ? throw Broken("splits were answered that nobody asked for") : [.. answers.Values];
    }

    private static TaskResult Read(string line)
    {
        try
        {
            TaskResult? answer = JsonSerializer.Deserialize(line, CoreJson.Default.TaskResult);
            return answer is { Format: HeaderLine.CurrentFormat } ? answer : throw Broken("a line has another format");
        }
        catch (JsonException e)
        {
            throw Broken($"a line is no answer ({e.Message})");
        }
    }

    private static BatchScoringException Broken(string what) => new(EngineErrors.TaskAnswersBroken,
        $"The runners' answers do not fit what was asked: {what}. Driver and runners must be of one version; publish and submit again.");
}
