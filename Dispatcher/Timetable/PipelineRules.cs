using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>What pipeline files may refer to.</summary>
/// <param name="Kinds">The step kinds there are.</param>
/// <param name="Hosts">The names of hosts of dispatcher.yaml.</param>
/// <param name="Calendars">The folder of the calendars.</param>
internal sealed record PipelineRules(IReadOnlyCollection<StepKindInfo> Kinds, IReadOnlyCollection<string> Hosts, string Calendars)
{
    public static PipelineRules Of(DispatcherSettings settings, IReadOnlyCollection<StepKindInfo> kinds) =>
        new(kinds, [.. settings.Hosts.Select(host => host.Name)], settings.Calendars);
}
