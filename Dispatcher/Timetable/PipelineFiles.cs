using BatchScoring.Core;
using BatchScoring.Dispatcher.Timetable.Yaml;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>The pipelines of a folder.</summary>
/// <param name="Pipelines">Those without a mistake, by name.</param>
/// <param name="Mistakes">All that is wrong, by file and line.</param>
internal sealed record PipelineFiles(IReadOnlyList<Pipeline> Pipelines, IReadOnlyList<Mistake> Mistakes)
{
    /// <summary>Reads every <c>*.yaml</c> of a folder.</summary>
    public static PipelineFiles Load(string folder, PipelineRules rules)
    {
        if (!Directory.Exists(folder)) return new PipelineFiles([], [new Mistake(folder, 0, 0, "There is no such folder.")]);
        var calendars = new HolidaysFile(rules.Calendars);
        var reader = new PipelineReader(rules, calendars);
        List<Pipeline> pipelines = [];
        List<Mistake> mistakes = [];
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            // A file that is silently not read is a pipeline that silently never runs.
            string ending = Path.GetExtension(path);
            if (ending == ".yml") mistakes.Add(new Mistake(path, 0, 0, "Pipeline files end in .yaml; this one is not read."));
            if (ending != ".yaml") continue;
            var file = YamlFile.Read(path);
            if (reader.Read(file) is { } pipeline) pipelines.Add(pipeline);
            mistakes.AddRange(file.Mistakes);
        }

        mistakes.AddRange(calendars.Mistakes);
        return new PipelineFiles(pipelines,
            [.. mistakes.OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line).ThenBy(m => m.Column)]);
    }

    /// <summary>The pipeline of a text that was kept, for example by a run.</summary>
    /// <exception cref="BatchScoringException"><c>PIPELINE_INVALID</c>.</exception>
    public static Pipeline Parse(string name, string text, PipelineRules rules)
    {
        var calendars = new HolidaysFile(rules.Calendars);
        var file = YamlFile.Parse(name + ".yaml", text);
        Pipeline? pipeline = new PipelineReader(rules, calendars).Read(file);
        Mistake[] mistakes = [.. file.Mistakes, .. calendars.Mistakes];
        return pipeline is not null && mistakes.Length == 0
            ? pipeline
            : throw new BatchScoringException(TimetableErrors.PipelineInvalid, string.Join('\n', mistakes.Select(m => m.ToString())));
    }
}
