using System.CommandLine;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>What people ask the dispatcher for.</summary>
internal static class RunCommands
{
    public static IEnumerable<Command> Create(CommandHost host) =>
        [Run(host), Backfill(host), Retry(host), Cancel(host), Skip(host), Pause(host), Resume(host)];

    private static Command Run(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> pipeline = Pipeline(parameters);
        Option<string?> date = parameters.Text("--date", "DATE", "The run date: yyyy-MM-dd, or today or yesterday in the pipeline's zone. Default: today.");
        Option<string[]> set = parameters.Texts("--set", "NAME=VALUE", "A parameter of the pipeline, for this run. May be given again.");
        Option<bool> revision = parameters.Flag("--revision", "Runs the date once more, beside what is there. Needs a reason.");
        Option<string?> reason = Reason(parameters);
        Option<bool> noWait = parameters.Flag("--no-wait", "Asks and returns; by default the run is followed to its end.");
        return host.Create(
            "run", "Runs a pipeline for one date, now. Where no dispatcher is at work, this command does the work.",
            ["dispatcher run app --date 2026-11-28", "dispatcher run app --date yesterday --revision --reason 'late files'"], parameters,
            async (context, line, cancellation) =>
            {
                if (line.GetValue(revision) && line.GetValue(reason) is not { Length: > 0 })
                    throw new BatchScoringException(HostErrors.OptionInvalid, "--revision needs --reason \"…\": people will ask why there are two.");
                Pipeline asked = context.Pipeline(line.GetValue(pipeline)!);
                RunRow run = context.Requests.Run(
                    asked, context.Requests.Date(line.GetValue(date) ?? "today", asked), line.GetValue(revision),
                    Parameters(line.GetValue(set)!, asked), context.Asker(line.GetValue(reason)));
                return line.GetValue(noWait)
                    ? Said($"{run.Id} is queued.", new JsonObject { ["run"] = run.Id })
                    : await new RunFollower(context).FollowAsync(run.Id, cancellation);
            });
    }

    private static Command Backfill(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> pipeline = Pipeline(parameters);
        Option<string> from = parameters.RequiredText("--from", "DATE", "The first run date.");
        Option<string> to = parameters.RequiredText("--to", "DATE", "The last run date.");
        Option<bool> dry = parameters.Flag("--dry-run", "Says what would be asked for, and asks for nothing.");
        Option<string?> reason = Reason(parameters);
        return host.Create(
            "backfill", "Asks for every date of a span that has no run: one after the other, what is due goes first.",
            ["dispatcher backfill app --from 2026-11-01 --to 2026-11-20 --dry-run"], parameters,
            (context, line, _) =>
            {
                Pipeline asked = context.Pipeline(line.GetValue(pipeline)!);
                DateOnly first = context.Requests.Date(line.GetValue(from)!, asked), last = context.Requests.Date(line.GetValue(to)!, asked);
                IReadOnlyList<RunRow> runs = context.Requests.Backfill(
                    asked, first, last, line.GetValue(dry), context.Asker(line.GetValue(reason)));
                string done = line.GetValue(dry) ? "would be asked for" : "queued";
                return Task.FromResult(new CommandOutcome(0, [.. runs.Select(run => run.Id), $"Runs {done}: {runs.Count}."], [], new JsonObject
                {
                    ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)run.Id)]),
                }));
            });
    }

    private static Command Retry(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> run = RunId(parameters);
        Option<string?> from = parameters.Text("--from", "STEP", "Begins again with this step. Default: with what did not succeed.");
        Option<string?> reason = Reason(parameters);
        Option<bool> noWait = parameters.Flag("--no-wait", "Asks and returns.");
        return host.Create(
            "retry", "Goes on with a run that ended.", ["dispatcher retry app.2026-11-28.r1", "dispatcher retry app.2026-11-28.r1 --from score"],
            parameters, async (context, line, cancellation) =>
            {
                string id = line.GetValue(run)!;
                context.Timetable.Refresh();
                IReadOnlyList<string> steps = context.Requests.Retry(id, line.GetValue(from), context.Asker(line.GetValue(reason)));
                return line.GetValue(noWait)
                    ? Said($"{id} goes on with: {string.Join(", ", steps)}.", new JsonObject { ["run"] = id })
                    : await new RunFollower(context).FollowAsync(id, cancellation);
            });
    }

    private static Command Cancel(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> run = RunId(parameters);
        Option<string> reason = parameters.RequiredText("--reason", "TEXT", "Why. It stands in the ledger and in the mail.");
        return host.Create(
            "cancel", "Ends a run, and what it began on the cluster. Steps that run always still run.",
            ["dispatcher cancel app.2026-11-28.r1 --reason 'wrong input'"], parameters,
            (context, line, _) =>
            {
                RunRow cancelled = context.Requests.Cancel(line.GetValue(run)!, context.Asker(line.GetValue(reason)));
                return Task.FromResult(Said($"{cancelled.Id} is asked to end.", new JsonObject { ["run"] = cancelled.Id }));
            });
    }

    private static Command Skip(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> pipeline = Pipeline(parameters);
        Option<string> date = parameters.RequiredText("--date", "DATE", "The run date that is left out.");
        Option<string> reason = parameters.RequiredText("--reason", "TEXT", "Why.");
        return host.Create(
            "skip", "Says beforehand that a date is left out.", ["dispatcher skip app --date 2026-12-25 --reason 'no new loans'"], parameters,
            (context, line, _) =>
            {
                Pipeline asked = context.Pipeline(line.GetValue(pipeline)!);
                IReadOnlyList<RunRow> runs = context.Requests.Skip(
                    asked, context.Requests.Date(line.GetValue(date)!, asked), context.Asker(line.GetValue(reason)));
                return Task.FromResult(Said(
                    runs.Count == 0 ? "The timetable has nothing on that date." : $"Left out: {string.Join(", ", runs.Select(run => run.Id))}.",
                    new JsonObject { ["runs"] = new JsonArray([.. runs.Select(run => (JsonNode)run.Id)]) }));
            });
    }

    private static Command Pause(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string?> pipeline = PipelineOrAll(parameters);
        Option<string> reason = parameters.RequiredText("--reason", "TEXT", "Why. Every date that is left out carries it.");
        return host.Create(
            "pause", "Begins nothing of a pipeline by itself any more; without a name: nothing at all, what runs goes on to its end.",
            ["dispatcher pause app --reason 'new model is checked'", "dispatcher pause --reason 'update of the host'"], parameters,
            (context, line, _) =>
            {
                string? name = line.GetValue(pipeline) is { } given ? context.Pipeline(given).Name : null;
                context.Requests.Pause(name ?? Requests.Everything, context.Asker(line.GetValue(reason)));
                return Task.FromResult(Said($"{name ?? "Everything"} is paused.", new JsonObject { ["paused"] = name ?? Requests.Everything }));
            });
    }

    private static Command Resume(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string?> pipeline = PipelineOrAll(parameters);
        Option<string?> reason = Reason(parameters);
        return host.Create(
            "resume", "Ends a pause. Dates that were left out meanwhile stay left out.", ["dispatcher resume app", "dispatcher resume"],
            parameters, (context, line, _) =>
            {
                string? name = line.GetValue(pipeline) is { } given ? context.Pipeline(given).Name : null;
                context.Requests.Resume(name ?? Requests.Everything, context.Asker(line.GetValue(reason)));
                return Task.FromResult(Said($"{name ?? "Everything"} goes on.", new JsonObject { ["resumed"] = name ?? Requests.Everything }));
            });
    }

    private static CommandOutcome Said(string line, JsonObject json) => new(0, [line], [], json);

    private static Argument<string> Pipeline(CommandParameters parameters) =>
        parameters.Add(new Argument<string>("PIPELINE") { Description = "The pipeline's name: that of its file." });

    private static Argument<string?> PipelineOrAll(CommandParameters parameters) => parameters.Add(new Argument<string?>("PIPELINE")
    {
        Description = "The pipeline's name. Without it: all of them.",
        Arity = ArgumentArity.ZeroOrOne,
    });

    private static Argument<string> RunId(CommandParameters parameters) =>
        parameters.Add(new Argument<string>("RUN") { Description = "The run's id, for example app.2026-11-28.r1." });

    private static Option<string?> Reason(CommandParameters parameters) => parameters.Text("--reason", "TEXT", "Why. It stands in the ledger.");

    private static JsonObject Parameters(string[] words, Pipeline pipeline)
    {
        var given = new JsonObject();
        foreach (string word in words)
        {
            if (word.Split('=', 2) is not [var name, var value])
            {
                throw new BatchScoringException(HostErrors.OptionInvalid,
                    $"--set is '{word}'; it must be NAME=VALUE, with a parameter of {pipeline.Name}: {string.Join(", ", pipeline.Parameters.Keys)}.");
            }

            given[name] = value;
        }

        return given;
    }
}
