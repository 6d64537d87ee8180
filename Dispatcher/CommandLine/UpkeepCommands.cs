using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Simulation;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>What keeps the dispatcher itself.</summary>
internal static class UpkeepCommands
{
    public static IEnumerable<Command> Create(CommandHost host) => [Doctor(host), Simulate(host), Backup(host)];

    private static Command Doctor(CommandHost host) => host.Create(
        "doctor", "Looks whether the night can work: files, secrets, ledger, room, mail server, and every host with its key, programs, clock and YARN.",
        ["dispatcher doctor"], new CommandParameters(), async (context, _, cancellation) =>
        {
            List<HostFinding> found = [];
            context.Timetable.Refresh();
            found.AddRange(context.Timetable.Mistakes.Select(mistake => new HostFinding(false, mistake.ToString())));
            found.Add(new HostFinding(true, $"{context.Timetable.Definitions.Current.Count} pipelines are read"));
            found.Add(Room(context.Ledger.Path));
            if (ClockWatch.Last(context.Ledger.Sql, context.Time.GetUtcNow()) is { } set)
                found.Add(new HostFinding(false, $"{set.Text} Seen at {Moment.Text(set.At)}."));
            found.AddRange(Secrets(context.Settings));
            if (context.Mail?.Ways.GetValueOrDefault(OutboxChannel.Smtp) is SmtpTransport smtp)
            {
                SendAnswer answer = await smtp.CheckAsync(cancellation);
                found.Add(new HostFinding(answer.End == SendEnd.Delivered, $"mail: {answer.Text}"));
            }

            foreach (HostSettings settings in context.Settings.Hosts)
            {
                IReadOnlyList<HostFinding> ofHost = await new HostCheck(settings, context.Time).RunAsync(cancellation);
                found.AddRange(ofHost.Select(finding => finding with { Text = $"{settings.Name}: {finding.Text}" }));
            }

            bool fine = found.TrueForAll(finding => finding.Good);
            string[] lines =
            [
                .. found.Select(finding => $"{(finding.Good ? "ok   " : "WRONG")} {finding.Text}"),
                fine ? "All is well. Letters: dispatcher mail-test ADDRESS" : $"Wrong: {found.Count(finding => !finding.Good)}.",
            ];
            return new CommandOutcome((int)(fine ? ExitCode.Ok : ExitCode.Configuration), lines, [], new JsonObject
            {
                ["findings"] = new JsonArray([.. found.Select(finding => (JsonNode)new JsonObject { ["ok"] = finding.Good, ["text"] = finding.Text })]),
            });
        });

    /// <summary>Files with secrets that are not there, or that others may read. Keys of hosts are looked at with their hosts.</summary>
    private static IEnumerable<HostFinding> Secrets(DispatcherSettings settings) =>
        new[]
        {
            settings.Page.TokenFile, settings.Mail?.Smtp?.PasswordFile, settings.Mail?.Smtp?.TokenFile, settings.Mail?.Webhook?.UrlFile,
            settings.Mail?.Webhook?.HeaderFile,
        }.OfType<string>().Select(file => File.Exists(file) ? SecretFile.Problem(file) : $"{file} is not there").OfType<string>()
            .Select(problem => new HostFinding(false, problem));

    private static HostFinding Room(string ledger)
    {
        const long LittleRoom = 256L << 20;
        long free = new DriveInfo(Path.GetDirectoryName(ledger)!).AvailableFreeSpace;
        string text = string.Create(CultureInfo.InvariantCulture, $"{ledger} is sound and can be written; {free >> 20} MiB are free beside it");
        return new HostFinding(free >= LittleRoom, text);
    }

    private static Command Simulate(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<double?> days = parameters.Number("--days", "N", "How many days. Default: 365.");
        Option<double?> minutes = parameters.Number("--minutes", "N", "What a step usually takes. Default: 20.");
        Option<double?> growth = parameters.Number("--growth", "X", "Times longer than usual: 1.3 when data grow by 30 %. Default: 1.");
        Option<double?> faults = parameters.Number("--faults", "N", "Kills, frozen processes and jumps of the clock a day. Default: 0.");
        Option<double?> seed = parameters.Number("--seed", "N", "Of the dice. Default: 1.");
        return host.Create(
            "simulate", "Runs the timetable through a year on a virtual clock, with the real scheduler, against a modelled cluster.",
            ["dispatcher simulate --days 365 --growth 1.3", "dispatcher simulate --faults 2 --seed 7"], parameters, (context, line, _) =>
            {
                context.Timetable.Refresh();
                Pipeline[] pipelines = [.. context.Timetable.Definitions.Current.Values.Where(pipeline => pipeline.Schedule is not null)];
                DateTimeOffset start = context.Time.GetUtcNow();
                int span = (int)(line.GetValue(days) ?? 365);
                double strikes = line.GetValue(faults) ?? 0;
                var expected = pipelines.SelectMany(pipeline => pipeline.Schedule!.Between(start.AddSeconds(1), start.AddDays(span))
                    .Select(firing => RunRow.IdOf(pipeline.Name, firing.Slot, 1))).ToHashSet(StringComparer.Ordinal);
                SimulationResult seen = SimulatedYear.Run(
                    pipelines, expected, start, span, new Faults(strikes / 200, strikes, strikes > 0 ? 2 : 1),
                    new ClusterModel(TimeSpan.FromMinutes(line.GetValue(minutes) ?? 20), line.GetValue(growth) ?? 1, strikes > 0 ? 0.02 : 0),
                    (int)(line.GetValue(seed) ?? 1));
                return Task.FromResult(Told(span, seen));
            });
    }

    private static CommandOutcome Told(int days, SimulationResult seen)
    {
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"{days} days: {seen.Expected} runs were due, {seen.Begun} steps were begun."),
            string.Create(CultureInfo.InvariantCulture, $"left out {seen.Missed.Count}, unasked {seen.Extra.Count}, done twice {seen.Twice.Count}"),
            string.Create(CultureInfo.InvariantCulture, $"late {seen.Late}, failed {seen.Failed}, alarms {seen.Alarms}, deaths of dispatchers {seen.Deaths}"),
        ];
        return new CommandOutcome((int)(seen.Late > 0 ? ExitCode.Late : ExitCode.Ok), lines, [], new JsonObject
        {
            ["due"] = seen.Expected,
            ["left_out"] = new JsonArray([.. seen.Missed.Select(id => (JsonNode)id)]),
            ["unasked"] = seen.Extra.Count,
            ["twice"] = seen.Twice.Count,
            ["late"] = seen.Late,
            ["failed"] = seen.Failed,
            ["alarms"] = seen.Alarms,
            ["deaths"] = seen.Deaths,
        });
    }

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
