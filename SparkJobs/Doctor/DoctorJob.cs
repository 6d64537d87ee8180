using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Doctor;

/// <summary>Looks at everything that a run will need, and goes on when one thing fails: one call tells all.</summary>
internal sealed class DoctorJob(JobContext context)
{
    private const long LowDiskBytes = 2L << 30;

    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        var findings = new List<Finding> { Look("program", () => new Finding("program", FindingState.Ok, ProgramVersion.Text)) };
        findings.Add(Look("duckdb", () => new Finding("duckdb", FindingState.Ok, "DuckDB " + DuckDatabase.LibraryVersion)));
        findings.Add(Look("cpu", Cpu));
        findings.Add(Look("disk", () => Disk("disk", Path.GetTempPath(), "for temporary files in")));
        if (context.Settings.Store.Root.Length == 0)
            findings.Add(new Finding("store", FindingState.Warning, "not looked at: no root is given (--root or BATCHSCORING_ROOT)"));
        else
            await StoreAsync(findings, cancellation);
        // The first failure is the one that a run would meet first; most others follow from it.
        Finding? first = findings.FirstOrDefault(finding => finding.State == FindingState.Failed);
        bool failed = first is not null;
        return new JobOutcome(first?.ExitCode ?? ExitCode.Ok,
            [.. findings.Select(finding => $"{Mark(finding.State)} {finding.Name,-12} {finding.Text}"), failed
                ? "not ready: see above."
                : "ready."],
            new JsonObject
            {
                ["ready"] = !failed,
                ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
                {
                    ["name"] = finding.Name,
                    ["state"] = finding.State.ToString().ToLowerInvariant(),
                    ["text"] = finding.Text,
                    ["code"] = finding.Code,
                })]),
            });
    }

    private static Finding Cpu() => new("cpu", FindingState.Ok,
        $"{Environment.ProcessorCount} core(s), vectors of " +
        $"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits");

    private async Task StoreAsync(List<Finding> findings, CancellationToken cancellation)
    {
        if (Look("store", () => new Finding("store", FindingState.Ok,
            context.Store.Options.Root)) is { State: FindingState.Failed } refused)
        {
            findings.Add(refused);
            return;
        }

        if (Look("root", () => Root(context.Store)) is { State: FindingState.Failed } missing)
        {
            findings.Add(missing);
            return;
        }

        if (context.Store.LocalPath("layout.json") is { } inRoot)
            findings.Add(Look("root disk", () => Disk("root disk", inRoot, "for the data in")));
        findings.AddRange(await new StoreExamination(context).RunAsync(cancellation));
    }

    /// <summary>What is not there is not made: it may be mistyped.</summary>
    private static Finding Root(IObjectStore store)
    {
        ExistingRoot.Require(store);
        return new Finding("root", FindingState.Ok, store.Options.Root);
    }

    /// <summary>Of the nearest folder that is there.</summary>
    private static Finding Disk(string name, string path, string use)
    {
        string folder = Path.GetFullPath(path);
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder)!;
        long free = new DriveInfo(folder).AvailableFreeSpace;
        return new Finding(name, free >= LowDiskBytes ? FindingState.Ok : FindingState.Warning,
            string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):0.0} GiB free {use} {folder}"));
    }

    private static Finding Look(string name, Func<Finding> look)
    {
        try
        {
            return look();
        }
        catch (Exception e) when (JobErrorText.Of(e) is { } error)
        {
            return Finding.Failure(name, error);
        }
    }

    private static string Mark(FindingState state) => state switch
    {
        FindingState.Ok => "ok  ",
        FindingState.Warning => "warn",
        _ => "FAIL",
    };
}
