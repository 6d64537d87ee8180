using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>Looks at dispatcher.yaml, all pipelines and calendars, and tells every mistake.</summary>
internal static class CheckCommand
{
    public static CommandOutcome Run(string config, Func<DispatcherSettings, IReadOnlyCollection<StepKindInfo>> kinds, TimeProvider time)
    {
        DispatcherSettings? settings = DispatcherFile.Read(config, out IReadOnlyList<Mistake> ofFile);
        PipelineFiles files = settings is null
            ? new PipelineFiles([], [])
            : PipelineFiles.Load(settings.Pipelines, PipelineRules.Of(settings, kinds(settings)));
        Mistake[] mistakes = [.. ofFile, .. files.Mistakes];
        string[] lines = mistakes.Length > 0
            ? [.. mistakes.Select(mistake => mistake.ToString()), $"Mistakes: {mistakes.Length}."]
            : [.. files.Pipelines.Select(Line), $"No mistake. Pipelines: {files.Pipelines.Count}."];
        string[] warnings = [.. Unfinished(files.Pipelines, time.GetUtcNow().Year)];
        return new CommandOutcome((int)(mistakes.Length > 0 ? ExitCode.Configuration : ExitCode.Ok), lines, warnings, new JsonObject
        {
            ["pipelines"] = new JsonArray([.. files.Pipelines.Select(pipeline => (JsonNode)pipeline.Name)]),
            ["mistakes"] = new JsonArray([.. mistakes.Select(Json)]),
            ["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]),
        });
    }

    /// <summary>Calendars that somebody must carry on before the year ends: after it every day of theirs is a business day.</summary>
    private static IEnumerable<string> Unfinished(IEnumerable<Pipeline> pipelines, int year) => pipelines
        .Select(pipeline => pipeline.Schedule?.Calendar).OfType<Holidays>().Where(calendar => calendar.LastYear <= year)
        .DistinctBy(calendar => calendar.Name, StringComparer.Ordinal)
        .Select(calendar =>
            $"Calendar {calendar.Name}: holidays known until {calendar.LastYear}-12-31. Carry it on: later dates have none.");

    private static string Line(Pipeline pipeline) =>
        $"{pipeline.Name}: {pipeline.Schedule?.Text ?? "only when somebody asks"}, {pipeline.Steps.Count} steps";

    private static JsonObject Json(Mistake mistake) => new()
    {
        ["file"] = mistake.File,
        ["line"] = mistake.Line,
        ["column"] = mistake.Column,
        ["text"] = mistake.Text,
    };
}
