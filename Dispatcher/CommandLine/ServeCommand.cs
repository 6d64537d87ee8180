using System.CommandLine;
using System.Globalization;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>The dispatcher at work.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandHost host) => host.Create(
        "serve", "Keeps the timetable until it is stopped (Ctrl-C, SIGTERM). What runs elsewhere goes on then and is found again.",
        ["dispatcher serve", "dispatcher serve --config /etc/batch-scoring/dispatcher.yaml"], new CommandParameters(),
        async (context, _, cancellation) =>
        {
            context.Timetable.Refresh();
            foreach (Timetable.Yaml.Mistake mistake in context.Timetable.Mistakes) await context.Errors.WriteLineAsync(mistake.ToString());
            using DispatcherService service = context.Service(only: null);
            await context.Errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{context.Settings.Name} serves {context.Timetable.Definitions.Current.Count} pipelines of {context.Settings.Pipelines}."));
            await service.RunAsync(() => false, cancellation);
            return new CommandOutcome(0, ["Stopped."], [], []);
        });
}
