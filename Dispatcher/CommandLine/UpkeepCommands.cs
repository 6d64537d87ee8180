using System.CommandLine;
using System.Text.Json.Nodes;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>What keeps the dispatcher itself.</summary>
internal static class UpkeepCommands
{
    public static IEnumerable<Command> Create(CommandHost host) => [Backup(host)];

    private static Command Backup(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> file = parameters.Add(new Argument<string>("FILE") { Description = "Where the copy goes." });
        return host.Create(
            "backup", "Copies the ledger while it is in use.", ["dispatcher backup /backups/ledger-2026-11-28.db"], parameters,
            (context, line, _) =>
            {
                string target = Path.GetFullPath(line.GetValue(file)!);
                context.Ledger.Backup(target);
                return Task.FromResult(new CommandOutcome(0, [$"The ledger is copied to {target}."], [], new JsonObject { ["backup"] = target }));
            });
    }
}
