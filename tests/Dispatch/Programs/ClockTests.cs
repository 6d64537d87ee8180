using BatchScoring.Dispatcher.CommandLine;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>Somebody sets the clock on the wall under a dispatcher at work.</summary>
public sealed class ClockTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly DispatcherFolder _folder = new(("tick", """
        schedule: {cron: "* * * * * *", seconds: true, zone: Europe/Berlin}
        catch_up: 3
        overlap: queue
        steps:
        - {name: one, exec: {command: ["true"]}}
        """));

    private readonly StringWriter _said = new();

    [Fact]
    public async Task ClockSetBackAndForward_IsTold_AndNothingRunsTwice()
    {
        var time = new ShiftedTime(TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        await using var context = new CommandContext(
            Path.Combine(_folder.Path, "dispatcher.yaml"), time, _ => null, TextWriter.Synchronized(_said));
        using DispatcherService service = context.Service(only: null);
        var serving = Task.Run(() => service.RunAsync(() => false, stop.Token));
        await OkAsync(2);

        time.Ahead = TimeSpan.FromMinutes(-90);
        await SaidAsync("The clock of this machine was set back by 01:30:00");
        int frozen = _folder.Runs().Count;
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        _folder.Runs().Count.ShouldBe(frozen, "what was considered once is not considered again");
        ProgramResult status = _folder.Run("status");
        status.Errors.ShouldContain("The clock of this machine was set back by 01:30:00");
        status.Errors.ShouldContain("Look at NTP.");
        ProgramResult doctor = _folder.Run("doctor");
        doctor.ExitCode.ShouldBe(78);
        doctor.Output.ShouldContain("WRONG The clock of this machine was set back by 01:30:00");

        time.Ahead = TimeSpan.Zero;
        await SaidAsync("The clock of this machine was set forward by 01:30:00");
        await OkAsync(2);
        await stop.CancelAsync();
        await serving;
        List<RunRow> runs = _folder.Runs();
        runs.Select(run => run.Slot).ShouldBeUnique();
        for (int n = 1; n < runs.Count; n++) (runs[n].Due - runs[n - 1].Due).ShouldBe(TimeSpan.FromSeconds(1), "none is missing");
        runs.ShouldAllBe(run => run.Revision == 1);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _said.Dispose();
    }

    private Task OkAsync(int more)
    {
        int before = _folder.Runs().Count(run => run.State == RunState.Ok);
        return Poll.UntilAsync(() => _folder.Runs().Count(run => run.State == RunState.Ok) >= before + more, Limit, "further runs");
    }

    private Task SaidAsync(string text) => Poll.UntilAsync(() => _said.ToString().Contains(text, StringComparison.Ordinal), Limit, text);
}
