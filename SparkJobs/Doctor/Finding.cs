using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.Doctor;

/// <summary>One thing that was looked at.</summary>
internal sealed record Finding(string Name, FindingState State, string Text)
{
    /// <summary>What a command that needs this would end with; of failed ones only.</summary>
    public ExitCode ExitCode { get; init; } = ExitCode.Failed;

    /// <summary>The error that was met; null when there was none.</summary>
    public string? Code { get; init; }

    public static Finding Failure(string name, ErrorText error) =>
        new(name, FindingState.Failed, error.Message) { ExitCode = error.ExitCode, Code = error.Code };
}
