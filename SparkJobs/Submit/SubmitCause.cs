using System.Text.RegularExpressions;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Finds in what spark-submit says the one sentence that tells why: of a Java stack its innermost cause, not its tail.</summary>
internal sealed partial class SubmitCause
{
    private string? _thrown;
    private string? _diagnosed;
    private string? _logged;
    private string? _refused;
    private bool _afterDiagnostics;

    /// <summary>True when YARN says that somebody killed the application.</summary>
    public bool Killed { get; private set; }

    /// <summary>The cause as a sentence; null when none was said.</summary>
    public string? Text => (_thrown ?? _refused ?? _diagnosed ?? _logged) is { } text ? text.TrimEnd('.', ' ') + "." : null;

    /// <summary>Takes the next line.</summary>
    public void Read(string line)
    {
        if (KilledApplication().IsMatch(line)) Killed = true;
        if (Thrown().Match(line) is { Success: true } thrown) _thrown = Plain(thrown.Groups["text"].Value);
        else if (Refused().Match(line) is { Success: true } refused) _refused ??= refused.Groups["text"].Value;
        else if (Diagnosed().Match(line) is { Success: true } diagnosed)
            (_diagnosed, _afterDiagnostics) = (Known(diagnosed.Groups["text"].Value) ?? _diagnosed, true);
        else if (_afterDiagnostics && Known(line.Trim()) is { } more && !line.Contains(':', StringComparison.Ordinal)) _diagnosed ??= more;
        else if (Logged().Match(line) is { Success: true } logged) _logged = Plain(logged.Groups["text"].Value);
        if (line.Length == 0) _afterDiagnostics = false;
    }

    private static string? Known(string text) =>
        text is "" or "N/A" || text.StartsWith("[", StringComparison.Ordinal) && text.EndsWith(']') ? null : Plain(text);

    /// <summary>Without the names of Java's classes before it.</summary>
    private static string Plain(string text) => ClassNames().Replace(text.Trim(), "");

    [GeneratedRegex(@"^(Exception in thread ""[^""]*"" |Caused by: )(?<text>[\w.$]+(Exception|Error)\b.*)$", RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Thrown();

    [GeneratedRegex(@"^(Error|error): (?<text>\S.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refused();

    [GeneratedRegex(@"^\s*diagnostics: (?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Diagnosed();

    [GeneratedRegex(@"^\S+ \S+ ERROR [\w.$]+: (?<text>\S.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Logged();

    [GeneratedRegex(@"\(state: KILLED\)|final status: KILLED|with state KILLED|Application application_\d+_\d+ is killed",
        RegexOptions.None, 1000)]
    private static partial Regex KilledApplication();

    [GeneratedRegex(@"^([\w$]+\.)+[\w$]+(Exception|Error): ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ClassNames();
}
