using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Storage;
using BatchScoring.Tasks;

namespace BatchScoring.ModelRunner;

/// <summary>The process around a <see cref="RunnerSession"/>: stdin, stdout, life and death, exit code.</summary>
internal static class RunnerProcess
{
    public static async Task<int> RunAsync()
    {
        using TaskRunner runner = new(OpenStore, TaskKinds.All(ModelFormats.Standard), TimeProvider.System);
        using Watch watch = new(runner.Abandon);
        await using Stream input = Console.OpenStandardInput();
        RunnerSession session = new(runner, OpenStore, new LineReader(input), TimeProvider.System);
        // At once, beside the work's own end: on a busy machine that end may take longer than the watch is patient.
        await using CancellationTokenRegistration early = watch.Token.Register(() => _ = session.GiveUpAsync());
        try
        {
            // Stopped is not failed: a non-zero exit would make Spark start the task again.
            if (!await session.RunAsync(watch.Token)) await session.GiveUpAsync();
            return (int)ExitCode.Ok;
        }
        catch (OperationCanceledException) when (watch.Reason is { } reason)
        {
            Say(TaskErrors.RunStopped.Name, $"Ended early: {reason}.");
            await session.GiveUpAsync();
            return (int)ExitCode.Interrupted;
        }
        catch (BatchScoringException e)
        {
            Say(e.Code, e.Message);
            await session.ReportAsync(TaskError.Of(e));
            await session.GiveUpAsync();
            return (int)e.ExitCode;
        }
        catch (Exception e)
        {
            // A defect of the program: the trace is what helps. Nothing in it comes from the header line.
            Say(RunnerErrors.Defect.Name, e.ToString());
            await session.ReportAsync(
                TaskError.Of(RunnerErrors.Defect, $"The runner met a defect of this program; its log holds the trace. {e.Message}"));
            await session.GiveUpAsync();
            return (int)RunnerErrors.Defect.ExitCode;
        }
    }

    private static IObjectStore OpenStore(HeaderLine header) => ObjectStores.Open(
        header.Store, header.Credentials is { } credentials ? _ => Task.FromResult(credentials) : null);

    private static void Say(string code, string message) => Console.Error.WriteLine($"model-runner: {code}: {message}");
}
