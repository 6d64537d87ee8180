using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>Tells what happens to a run until it ends. Where no dispatcher is at work it does the work itself, for this run alone.</summary>
internal sealed class RunFollower(CommandContext context)
{
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <summary>Follows it; the exit status is the run's verdict.</summary>
    public async Task<CommandOutcome> FollowAsync(string id, CancellationToken cancellation)
    {
        using (DispatcherService service = context.Service(only: id))
        {
            await service.RunAsync(
                () =>
                {
                    Tell(id);
                    return Runs.Require(context.Ledger.Sql, id).Ended is not null;
                },
                cancellation);
        }

        RunRow run = Runs.Require(context.Ledger.Sql, id);
        if (run.Ended is null) throw new OperationCanceledException("The run goes on without us.", cancellation);
        string took = run.Started is { } started ? string.Create(CultureInfo.InvariantCulture, $" after {run.Ended - started:h\\:mm\\:ss}") : "";
        return new CommandOutcome(
            (int)ExitOf(run.State), [$"{run.Id}: {run.State.Word()}{took}{(run.Reason is { } why ? $" ({why})" : "")}"], [],
            RunText.Json(run, Runs.Steps(context.Ledger.Sql, id)));
    }

    private static ExitCode ExitOf(RunState state) => state switch
    {
        RunState.Ok => ExitCode.Ok,
        RunState.Late => ExitCode.Late,
        RunState.Held => ExitCode.Held,
        _ => ExitCode.Failed,
    };

    private void Tell(string id)
    {
        Pipeline pipeline = context.Timetable.Definitions.Of(context.Ledger.Sql, Runs.Require(context.Ledger.Sql, id));
        foreach (StepRow step in Runs.Steps(context.Ledger.Sql, id))
        {
            string state = RunText.Step(context.Ledger.Sql, step, pipeline);
            if (step.State == StepState.Waiting && step.NotBefore is null) continue;
            if (_told.TryGetValue(step.Name, out string? before) && before == state) continue;
            _told[step.Name] = state;
            context.Errors.WriteLine($"{Moment.Clock(context.Time.GetUtcNow(), pipeline)} {step.Name}: {state}");
        }
    }
}
