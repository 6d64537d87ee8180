using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>What people look at: nothing here changes anything.</summary>
internal static class LookCommands
{
    private const int LogBytes = 65536;

    public static IEnumerable<Command> Create(CommandHost host) => [Status(host), History(host), Why(host), Logs(host)];

    private static Command Status(CommandHost host) => host.Create(
        "status", "One line per pipeline: how the last run ended, what goes on, when the next one is due.", ["dispatcher status"],
        new CommandParameters(), (context, _, _) =>
        {
            context.Timetable.Refresh();
            DateTimeOffset now = context.Time.GetUtcNow();
            List<string> lines = [];
            var json = new JsonArray();
            foreach (Pipeline pipeline in context.Timetable.Definitions.Current.Values.OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                RunRow? last = Last(context, pipeline.Name, 1).FirstOrDefault();
                string next = pipeline.Schedule?.Next(now) is { } firing ? Local(pipeline, firing.Due) : "only when somebody asks";
                lines.Add($"{pipeline.Name,-20} {(last is null ? "no run yet" : $"{last.Slot} {last.State.Word()}"),-28} next: {next}");
                json.Add(new JsonObject
                {
                    ["pipeline"] = pipeline.Name,
                    ["last"] = last?.Id,
                    ["state"] = last is null ? null : last.State.Word(),
                    ["next"] = next,
                });
            }

            string[] notes =
            [
                .. context.Timetable.Mistakes.Select(mistake => mistake.ToString()),
                .. ClockWatch.Last(context.Ledger.Sql, now) is { } set ? new[] { $"{set.Text} Seen at {Moment.Text(set.At)}." } : [],
            ];
            return Task.FromResult(new CommandOutcome(0, lines, notes, new JsonObject { ["pipelines"] = json }));
        });

    private static Command History(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string?> pipeline = parameters.Add(new Argument<string?>("PIPELINE")
        {
            Description = "Its name. Without it: all of them.",
            Arity = ArgumentArity.ZeroOrOne,
        });
        Option<double?> last = parameters.Number("--last", "N", "How many runs. Default: 20.");
        return host.Create(
            "history", "The last runs, the newest first: also those that were left out, with their reason.", ["dispatcher history app --last 40"],
            parameters, (context, line, _) =>
            {
                List<RunRow> runs = Last(context, line.GetValue(pipeline), (int)(line.GetValue(last) ?? 20));
                return Task.FromResult(new CommandOutcome(
                    0, [.. runs.Select(Line)], [], new JsonObject
                    {
                        ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)RunText.Json(run, Runs.Steps(context.Ledger.Sql, run.Id)))]),
                    }));
            });
    }

    private static Command Why(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> name = parameters.Add(new Argument<string>("PIPELINE") { Description = "The pipeline's name." });
        return host.Create(
            "why", "Says why a pipeline has not run: what it waits for, why its last dates were left out.", ["dispatcher why app"], parameters,
            (context, line, _) =>
            {
                Pipeline pipeline = context.Pipeline(line.GetValue(name)!);
                IReadOnlyList<string> reasons = Reasons.Of(context.Ledger.Sql, pipeline, context.Time.GetUtcNow());
                return Task.FromResult(new CommandOutcome(
                    0, reasons, [], new JsonObject { ["reasons"] = new JsonArray([.. reasons.Select(reason => (JsonNode)reason)]) }));
            });
    }

    private static Command Logs(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> run = parameters.Add(new Argument<string>("RUN") { Description = "The run's id." });
        Option<string?> step = parameters.Text("--step", "STEP", "Only this step. Default: all.");
        return host.Create(
            "logs", "What the steps of a run printed where they ran: the last 64 KB of each attempt.", ["dispatcher logs app.2026-11-28.r1 --step score"],
            parameters, async (context, line, cancellation) =>
            {
                RunRow found = Runs.Require(context.Ledger.Sql, line.GetValue(run)!);
                Pipeline pipeline = context.Timetable.Definitions.Of(context.Ledger.Sql, found);
                List<string> lines = [];
                foreach (StepRow row in Runs.Steps(context.Ledger.Sql, found.Id).Where(row => line.GetValue(step) is not { } only || only == row.Name))
                {
                    string place = pipeline.Steps.Single(other => other.Name == row.Name).Settings["host"]?.ToString() ?? HostRegistry.Here;
                    for (int attempt = 1; attempt <= row.Attempt; attempt++)
                    {
                        lines.Add(string.Create(CultureInfo.InvariantCulture, $"== {row.Name}, attempt {attempt}, on {place}"));
                        lines.Add(await LogAsync(context, found, row, attempt, place, cancellation));
                    }
                }

                return new CommandOutcome(0, lines, [], new JsonObject { ["log"] = string.Join('\n', lines) });
            });
    }

    private static async Task<string> LogAsync(
        CommandContext context, RunRow run, StepRow step, int attempt, string place, CancellationToken cancellation)
    {
        var jobs = new DetachedJobs(context.Hosts.Of(place));
        long fence = (long)context.Ledger.Sql.Scalar("SELECT fence FROM lease")!;
        JobLook look = await jobs.LookAsync(
            new JobName(run.Id, string.Create(CultureInfo.InvariantCulture, $"{run.Id}.{step.Name}.{attempt}"), fence), cancellation);
        if (look.Folder.Length == 0) return "(it left no log there)";
        byte[] bytes = await jobs.ReadLogAsync(look, Math.Max(0, look.LogBytes - LogBytes), LogBytes, cancellation);
        return Encoding.UTF8.GetString(bytes).TrimEnd();
    }

    private static List<RunRow> Last(CommandContext context, string? pipeline, int count) => context.Ledger.Sql.Query(
        $"SELECT {RunRow.Columns} FROM runs WHERE $pipeline IS NULL OR pipeline = $pipeline ORDER BY due DESC, id DESC LIMIT $count",
        RunRow.Read, ("$pipeline", pipeline), ("$count", count));

    private static string Line(RunRow run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Id,-36} {run.State.Word(),-10} {Took(run),9} {run.Trigger.Word()}{(run.Reason is { } reason ? ": " + reason : "")}");

    private static string Took(RunRow run) =>
        run.Started is { } started && run.Ended is { } ended ? (ended - started).ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture) : "-";

    private static string Local(Pipeline pipeline, DateTimeOffset instant) =>
        $"{Moment.Text(instant, pipeline)} {Moment.ZoneOf(pipeline).Id}";
}
