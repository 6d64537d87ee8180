using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace BatchScoring.Core;

/// <summary>All metrics that a run leaves; nothing is kept unless somebody listens. Tags: job and verdict.</summary>
public static class RunMetrics
{
    private static readonly Meter Meter = new(Spans.SourceName);

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("batchscoring.runs", "{run}", "Attempts that ended.");

    private static readonly Counter<long> RowsRead = Meter.CreateCounter<long>("batchscoring.rows.read", "{row}", "Rows that tasks read.");

    private static readonly Counter<long> RowsOut = Meter.CreateCounter<long>("batchscoring.rows.out", "{row}", "Rows that came out.");

    private static readonly Counter<long> RowsSetAside =
        Meter.CreateCounter<long>("batchscoring.rows.set_aside", "{row}", "Rows that were set aside.");

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("batchscoring.run.duration", "s", "From the first task to the verdict.");

    /// <summary>Counts an attempt that ended with a record.</summary>
    /// <param name="record">What the run record says.</param>
    public static void Ended(RunRecord record)
    {
        TagList tags = Tags(record.Job, record.Verdict);
        Runs.Add(1, tags);
        RowsRead.Add(record.RowsRead, tags);
        RowsOut.Add(record.RowsOut, tags);
        RowsSetAside.Add(record.RowsQuarantined, tags);
        Duration.Record((record.Finished - record.Started).TotalSeconds, tags);
    }

    /// <summary>Counts an attempt that an error ended.</summary>
    /// <param name="job">The job.</param>
    public static void Failed(string job) => Runs.Add(1, Tags(job, Verdict.Failed));

    private static TagList Tags(string job, Verdict verdict) =>
        new() { { "batchscoring.job", job }, { "batchscoring.verdict", verdict.ToString().ToLowerInvariant() } };
}
