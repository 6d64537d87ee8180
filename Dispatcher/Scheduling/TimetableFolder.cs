using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Dispatcher.Timetable.Yaml;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// The pipeline files, read again when one has changed. A file with a mistake leaves the pipeline as it was: a slip of the pen at noon must
/// not take the night's run off the timetable.
/// </summary>
internal sealed class TimetableFolder
{
    private readonly DispatcherSettings _settings;
    private readonly PipelineRules _rules;
    private string? _seen;

    public TimetableFolder(DispatcherSettings settings, IReadOnlyDictionary<string, IStepKind> kinds)
    {
        _settings = settings;
        _rules = PipelineRules.Of(settings, [.. kinds.Values.Select(kind => kind.Info)]);
        Definitions = new Definitions((name, text) => PipelineFiles.Parse(name, text, _rules));
    }

    public Definitions Definitions { get; }

    /// <summary>All that is wrong with the files as they are now.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; private set; } = [];

    /// <summary>Reads the files again where one has changed.</summary>
    /// <returns>True where they were read.</returns>
    public bool Refresh()
    {
        string stamp = Stamp();
        if (stamp == _seen) return false;
        _seen = stamp;
        var files = PipelineFiles.Load(_settings.Pipelines, _rules);
        Mistakes = files.Mistakes;
        IEnumerable<Pipeline> kept = Definitions.Current.Values.Where(known =>
            files.Pipelines.All(pipeline => pipeline.Name != known.Name)
            && File.Exists(Path.Combine(_settings.Pipelines, known.Name + ".yaml")));
        Definitions.Use([.. files.Pipelines, .. kept]);
        return true;
    }

    private string Stamp() => string.Join('|', new[] { _settings.Pipelines, _settings.Calendars }.Where(Directory.Exists)
        .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles()).Where(file => file.Extension is ".yaml" or ".ics")
        .OrderBy(file => file.FullName, StringComparer.Ordinal)
        .Select(file => $"{file.FullName}:{file.Length}:{file.LastWriteTimeUtc.Ticks}"));
}
