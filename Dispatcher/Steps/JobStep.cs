using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>A job of batch-score on this machine.</summary>
/// <param name="hosts">The hosts; this machine is one.</param>
/// <param name="program">The path of batch-score.</param>
/// <param name="time">The clock.</param>
internal sealed class JobStep(HostRegistry hosts, string program, TimeProvider time) : IStepKind
{
    public StepKindInfo Info { get; } = new("job", "Runs a job of batch-score on this machine.",
    [
        new("arguments", StepKeyType.Texts, Required: true, "The job and its options, for example: [score, --date, '{date}']."),
        new("folder", StepKeyType.Text, Required: false, "Where it works: its batch-score.yaml lies there."),
        new("environment", StepKeyType.Map, Required: false, "Variables that it gets."),
        new("environment_file", StepKeyType.Text, Required: false, StepSettings.EnvironmentFileText),
    ]);

    public Task<StepAnswer> RunAsync(StepWork work, CancellationToken cancellation) =>
        new HostJob(hosts, HostRegistry.Here, time).RunBatchScoreAsync(
            work, [program, "--format", "json", "--progress", .. work.Settings.Texts("arguments")], cancellation);
}
