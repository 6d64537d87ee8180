using System.Text.RegularExpressions;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// Applications of the cluster behind a host, by their tag. YARN takes a second application with the same tag, so a tag finds what was
/// started and never prevents anything.
/// </summary>
internal sealed partial class YarnApplications(IHost host)
{
    private const string States = "NEW,NEW_SAVING,SUBMITTED,ACCEPTED,RUNNING";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    /// <summary>Those with the tag that have not ended. It shows up to ten seconds after spark-submit has begun.</summary>
    public async Task<IReadOnlyList<string>> RunningAsync(string tag, CancellationToken cancellation)
    {
        string said = await AskAsync(cancellation, "application", "-list", "-appStates", States, "-appTags", tag);
        return [.. Id().Matches(said).Select(match => match.Value)];
    }

    public Task KillAsync(string application, CancellationToken cancellation) =>
        AskAsync(cancellation, "application", "-kill", application);

    private async Task<string> AskAsync(CancellationToken cancellation, params IEnumerable<string> words)
    {
        var script = new ShellScript("\"$@\"", [.. host.Settings.Yarn.Concat(words).Select(ShellWord.Of)]);
        ShellAnswer answer = await host.RunAsync(script, Deadline, cancellation);
        return answer.ExitCode == 0
            ? answer.Text
            : throw new BatchScoringException(RemoteErrors.YarnUnanswered,
                $"{host.Settings.Where}: {string.Join(' ', host.Settings.Yarn)} {string.Join(' ', words)} ended with {answer.ExitCode}: "
                + answer.Errors);
    }

    /// <summary>Each application is a line that begins with its id.</summary>
    [GeneratedRegex(@"^application_[0-9]+_[0-9]+", RegexOptions.Multiline, 1000)]
    private static partial Regex Id();
}
