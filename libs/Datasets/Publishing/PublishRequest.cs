using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>What an attempt wants to publish.</summary>
/// <param name="Manifest">Names every part; all of them are pending, and <c>result.json</c> lies in the attempt's folder.</param>
/// <param name="Inputs">The input files as the plan saw them; any change fails the attempt. Empty for a job that reads none.</param>
public sealed record PublishRequest(Manifest Manifest, IReadOnlyList<InputFile> Inputs)
{
    /// <summary>
    /// The folder whose data files <see cref="Inputs"/> were, all of them: a file that came since then fails the attempt too. Null when
    /// the inputs were chosen one by one, or by a manifest.
    /// </summary>
    public string? InputFolder { get; init; }
}
