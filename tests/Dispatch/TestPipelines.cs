using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Tests.Dispatch;

/// <summary>Pipelines of tests, read as files are.</summary>
internal static class TestPipelines
{
    private static readonly StepKindInfo Exec = new("exec", "A command on a host.",
    [
        new StepKey("host", StepKeyType.Host, Required: true, "Where."),
        new StepKey("command", StepKeyType.Texts, Required: true, "What."),
    ]);

    public static Pipeline Parse(string name, string text) => PipelineFiles.Parse(name, text, new PipelineRules([Exec], ["here"], "calendars"));
}
