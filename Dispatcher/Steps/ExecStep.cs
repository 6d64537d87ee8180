using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>A command on a host.</summary>
internal sealed class ExecStep(HostRegistry hosts, TimeProvider time) : IStepKind
{
    public StepKindInfo Info { get; } = new("exec", "Runs a command on a host.",
    [
        new("host", StepKeyType.Host, Required: false, "Where it runs; by default here."),
        new("command", StepKeyType.Command, Required: true,
            "Program and arguments, each as it is: no shell looks at them. One text instead of a list is a line for /bin/sh, "
            + "in which each {parameter} is one word, whatever it holds."),
        new("folder", StepKeyType.Text, Required: false, "Where it works; by default the user's home there."),
        new("environment", StepKeyType.Map, Required: false, "Variables that it gets."),
        new("environment_file", StepKeyType.Text, Required: false, StepSettings.EnvironmentFileText),
    ]);

    public async Task<StepAnswer> RunAsync(StepWork work, CancellationToken cancellation)
    {
        string[] words = work.Settings["command"] is JsonArray
            ? [.. work.Settings.Texts("command")]
            : ["/bin/sh", "-c", work.Settings.Text("command")!];
        return await new HostJob(hosts, work.Settings.Text("host") ?? HostRegistry.Here, time).RunAsync(work, words, cancellation);
    }
}
