using System.CommandLine;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Web;
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
            await using WebServer? page = await PageAsync(context, cancellation);
            await context.Errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{context.Settings.Name} serves {context.Timetable.Definitions.Current.Count} pipelines of {context.Settings.Pipelines}."));
            await service.RunAsync(() => false, cancellation);
            return new CommandOutcome(0, ["Stopped."], [], []);
        });

    /// <summary>Without its page a dispatcher still keeps the timetable: a second one on this machine finds the address taken.</summary>
    private static async Task<WebServer?> PageAsync(CommandContext context, CancellationToken cancellation)
    {
        try
        {
            var site = WebSite.Open(context.Settings, context.Kinds, context.Hosts, context.Time);
            WebServer page = await WebServer.StartAsync(site, cancellation);
            await context.Errors.WriteLineAsync($"Page: {page.Address}");
            return page;
        }
        catch (BatchScoringException e) when (e.Is(WebErrors.Unavailable))
        {
            await context.Errors.WriteLineAsync(e.Message);
            return null;
        }
    }
}
