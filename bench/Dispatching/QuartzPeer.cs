using System.Diagnostics;
using System.Globalization;
using Quartz;

namespace BatchScoring.Bench.Dispatching;

/// <summary>Quartz as a peer; what it knows stands in peers/npm.mjs.</summary>
internal static class QuartzPeer
{
    public static async Task RunAsync(string[] args)
    {
        switch (args)
        {
            case ["version"]:
                Console.WriteLine(FileVersionInfo.GetVersionInfo(typeof(CronExpression).Assembly.Location).ProductVersion!.Split('+')[0]);
                break;
            case ["tick", var line, var command]:
                await TickAsync(line, command);
                break;
            case ["year", var line, var zone, var from, var until]:
                Year(line, zone, long.Parse(from, CultureInfo.InvariantCulture), long.Parse(until, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException("quartz version|tick|year", nameof(args));
        }
    }

    private static void Year(string line, string zone, long from, long until)
    {
        string[] fields = line.Split(' ');
        var expression = new CronExpression($"0 {fields[0]} {fields[1]} * * ?", TimeZoneInfo.FindSystemTimeZoneById(zone));
        DateTimeOffset? at = DateTimeOffset.FromUnixTimeSeconds(from);
        while ((at = expression.GetNextValidTimeAfter(at.Value)) is { } due && due.ToUnixTimeSeconds() < until)
            Console.WriteLine(due.ToUnixTimeSeconds());
    }

    private static async Task TickAsync(string line, string command)
    {
        IScheduler scheduler = await QuartzSchedulerBuilder.Create().BuildScheduler();
        string[] fields = line.Split(' ');
        await scheduler.ScheduleJob(
            JobBuilder.Create<CommandJob>().UsingJobData("command", command).Build(),
            TriggerBuilder.Create().WithCronSchedule($"{fields[0]} * * * * ?", cron => cron.InTimeZone(TimeZoneInfo.Utc)).Build());
        await scheduler.Start();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }
}

/// <summary>Runs a command.</summary>
internal sealed class CommandJob : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellation = default)
    {
        using var process = Process.Start("sh", ["-c", context.MergedJobDataMap.GetString("command")!]);
        await process.WaitForExitAsync(cancellation);
    }
}
