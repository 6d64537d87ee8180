using System.Globalization;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>What a host knows of an attempt.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Code">How it ended.</param>
/// <param name="Application">The YARN application that its log names, or null.</param>
/// <param name="LogBytes">How long its log is.</param>
/// <param name="Folder">Where its files lie on the host.</param>
internal sealed record JobLook(JobState State, int? Code, string? Application, long LogBytes, long OutputBytes, string Folder)
{
    /// <summary>True when no process of it is left and none will come.</summary>
    public bool Over => State is JobState.Nothing or JobState.Ended or JobState.Died;

    public static JobLook Parse(string text)
    {
        Dictionary<string, string> values = AnswerLines.Of(text);
        return new JobLook(
            Enum.Parse<JobState>(values["state"], ignoreCase: true),
            values.TryGetValue("code", out string? code) ? int.Parse(code, CultureInfo.InvariantCulture) : null,
            values.GetValueOrDefault("application"),
            Number("log"), Number("output"), values.GetValueOrDefault("folder", ""));

        long Number(string name) => long.Parse(values.GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture);
    }
}

/// <summary>Where an attempt stands on its host. Without a connection nobody knows: that is an error, not a state.</summary>
internal enum JobState
{
    /// <summary>It was never started there, or its folder was removed.</summary>
    Nothing,

    /// <summary>Somebody is about to start it.</summary>
    Starting,
    Alive,
    Ended,

    /// <summary>No process is left and no exit code was written: killed, or the machine went down.</summary>
    Died,
}
