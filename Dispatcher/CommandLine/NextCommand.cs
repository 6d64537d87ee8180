using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>Tells when pipelines are due next, in their own zones.</summary>
internal static class NextCommand
{
    public const int Most = 10_000;

    public static CommandOutcome Run(
        string config, int count, string? name, TimeProvider time, Func<DispatcherSettings, IReadOnlyCollection<StepKindInfo>> kinds)
    {
        DispatcherSettings settings = DispatcherFile.Load(config);
        var files = PipelineFiles.Load(settings.Pipelines, PipelineRules.Of(settings, kinds(settings)));
        Pipeline[] asked = [.. files.Pipelines.Where(pipeline => name is null || pipeline.Name == name)];
        if (name is not null && asked.Length == 0) throw Unknown(name, files);
        (Pipeline Pipeline, Firing Firing)[] next =
        [
            .. asked.Where(pipeline => pipeline.Schedule is not null)
                .SelectMany(pipeline => pipeline.Schedule!.Between(time.GetUtcNow(), DateTimeOffset.MaxValue).Take(count)
                    .Select(firing => (pipeline, firing)))
                .OrderBy(pair => pair.firing.Due).ThenBy(pair => pair.pipeline.Name, StringComparer.Ordinal).Take(count),
        ];
        int width = next.Length == 0 ? 0 : next.Max(pair => pair.Pipeline.Name.Length);
        string[] lines =
        [
            .. next.Select(pair => $"{pair.Firing.Due:ddd yyyy-MM-dd HH:mm:ss zzz} {pair.Pipeline.Schedule!.Zone.Id}  " +
                $"{pair.Pipeline.Name.PadRight(width)}  {pair.Firing.Slot}{Note(pair.Pipeline.Schedule!, pair.Firing, "  ")}"),
        ];
        string[] notes = files.Mistakes.Count == 0 ? [] : [$"{files.Mistakes.Count} mistakes in pipeline files; see: dispatcher check"];
        return new CommandOutcome((int)ExitCode.Ok, lines.Length > 0 ? lines : ["Nothing is due: no pipeline has a schedule."], notes,
            new JsonObject { ["next"] = new JsonArray([.. next.Select(pair => Json(pair.Pipeline, pair.Firing))]) });
    }

    private static string Note(Schedule schedule, Firing firing, string before) =>
        schedule.Note(firing) is { } note ? $"{before}({note})" : "";

    private static JsonObject Json(Pipeline pipeline, Firing firing) => new()
    {
        ["pipeline"] = pipeline.Name,
        ["due"] = $"{firing.Due:yyyy-MM-ddTHH:mm:sszzz}",
        ["zone"] = pipeline.Schedule!.Zone.Id,
        ["slot"] = firing.Slot,
        ["note"] = pipeline.Schedule.Note(firing),
    };

    private static BatchScoringException Unknown(string name, PipelineFiles files) => new(LedgerErrors.PipelineUnknown,
        $"There is no pipeline '{name}'.{Similar.Hint(name, files.Pipelines.Select(pipeline => pipeline.Name))}" +
        (files.Mistakes.Count == 0 ? "" : " Some files have mistakes; see: dispatcher check"));
}
