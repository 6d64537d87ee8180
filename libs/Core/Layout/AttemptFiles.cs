namespace BatchScoring.Core;

/// <summary>The names of what lies in an attempt's folder.</summary>
public static class AttemptFiles
{
    /// <summary><see cref="Core.Plan"/>: written first.</summary>
    public const string Plan = "plan.json";

    /// <summary><see cref="RunResult"/>: every task's answer.</summary>
    public const string Result = "result.json";

    /// <summary><see cref="RunRecord"/>: the verdict.</summary>
    public const string Record = "record.json";

    /// <summary>The report for people, one self-contained page.</summary>
    public const string ReportHtml = "report.html";

    /// <summary>The report for terminals and mails.</summary>
    public const string ReportText = "report.txt";

    /// <summary>The report for programs.</summary>
    public const string ReportJson = "report.json";

    /// <summary>From its appearance on the manifest may exist: pending parts are no longer this attempt's to abort.</summary>
    public const string Publishing = "publishing";

    /// <summary>When this appears, the attempt's runners end.</summary>
    public const string StopSign = "stop";

    /// <summary>Parts in the making, out of readers' sight.</summary>
    public const string Staging = "staging/";

    /// <summary>Rows set aside, one file per split that has any.</summary>
    public const string Quarantine = "quarantine/";

    /// <summary>Why a runner process ended with a failure, one object per process.</summary>
    public const string Errors = "errors/";
}
