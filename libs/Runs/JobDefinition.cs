using System.Globalization;
using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>What the rest of the program must know of a job. Every command is listed here, once.</summary>
/// <param name="Name">The command's name; run ids begin with it, or with it and a word after a dash (import-train).</param>
public sealed record JobDefinition(string Name)
{
    /// <summary>
    /// True for a job that <c>submit</c> may send to a cluster. The others work with this machine's files: in a container nobody would see
    /// that.
    /// </summary>
    public bool OnCluster { get; private init; }

    /// <summary>True for a job that asks the engine for SQL; Spark does nothing but start runners for the others.</summary>
    public bool UsesSql { get; private init; }

    /// <summary>
    /// True for a job that works on a root that is there already: of a mistyped one it would say that all is well, or that a dataset is
    /// missing.
    /// </summary>
    public bool NeedsRoot { get; private init; }

    /// <summary>True for a job whose attempts have a report.</summary>
    public bool HasReport { get; private init; }

    /// <summary>True for a job whose result of a date may be made again, beside the earlier one.</summary>
    public bool HasRevisions { get; private init; }

    /// <summary>Every command, in the order of the help.</summary>
    public static IReadOnlyList<JobDefinition> All { get; } =
    [
        new("layout"),
        new("import") { OnCluster = true },
        new("run") { NeedsRoot = true, OnCluster = true, UsesSql = true },
        new("sample") { NeedsRoot = true, OnCluster = true },
        new("score") { NeedsRoot = true, OnCluster = true, HasReport = true, HasRevisions = true },
        new("evaluate") { NeedsRoot = true, OnCluster = true, UsesSql = true },
        new("collect") { NeedsRoot = true },
        new("parts") { NeedsRoot = true },
        new("report") { NeedsRoot = true },
        new("compare") { NeedsRoot = true },
        new("list") { NeedsRoot = true, OnCluster = true },
        new("status") { NeedsRoot = true, OnCluster = true },
        new("recover") { NeedsRoot = true, OnCluster = true },
        new("clean") { NeedsRoot = true, OnCluster = true },
        new("retire") { NeedsRoot = true },
        new("verify") { NeedsRoot = true, OnCluster = true },
        new("quarantine") { NeedsRoot = true },
        new("contract") { NeedsRoot = true },
        new("doctor"),
        new("inspect"),
        new("importance"),
        new("predict"),
        new("fit"),
        new("submit"),
        new("completion"),
    ];

    /// <summary>The job that a command line, a plan or a manifest names; one that nobody knows has no special rights.</summary>
    public static JobDefinition Of(string job) =>
        All.FirstOrDefault(known => job == known.Name || job.StartsWith(known.Name + "-", StringComparison.Ordinal)) ?? new(job);

    /// <summary>What to do about a result that stands and is not the one that was asked for.</summary>
    /// <param name="run">The run that was asked for, if one was.</param>
    public string OtherResult(RunId? run) => Name switch
    {
        "import" => "Use a new root for another import.",
        "evaluate" => "Evaluate another revision of the scores.",
        _ when HasRevisions => $"To publish another result of that date use --revision " +
            $"{(run is null ? "N" : (run.Revision + 1).ToString(CultureInfo.InvariantCulture))} --reason TEXT.",
        _ => "Use a new root.",
    };
}
