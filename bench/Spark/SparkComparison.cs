using BatchScoring.Bench.Files;

namespace BatchScoring.Bench.Spark;

/// <summary>Rounds are interleaved, medians count.</summary>
internal static class SparkComparison
{
    /// <summary>A fifth of the files.</summary>
    private const int FewFiles = Tables.Files / 5;

    public static void Run(BenchOptions options, string sparkHome, string peerJars)
    {
        Directory.CreateDirectory(options.Cache);
        var tables = new Tables(options);
        var runs = new SparkRuns(options, sparkHome, peerJars);
        var report = new BenchReport("spark", options);
        string tiled = KeyedTables.Make(tables.Tiled(), options), realistic = KeyedTables.Make(tables.Realistic(), options);
        string few = KeyedTables.Files(tiled, tiled + "-few", 0, FewFiles);
        (double ours, double peer) all = Compare(report, runs, options, "tiled", tiled, options.Rows);
        (double ours, double peer) fifth = Compare(report, runs, options, "tiled_fifth", few, options.Rows / Tables.Files * FewFiles);
        int slopeRows = options.Rows - (options.Rows / Tables.Files * FewFiles);
        report.Add("tiled_slope", (all.peer - fifth.peer) / (all.ours - fifth.ours), null,
            ("our_rows_per_s", slopeRows / (all.ours - fifth.ours)), ("peer_rows_per_s", slopeRows / (all.peer - fifth.peer)));
        Compare(report, runs, options, "realistic", realistic, options.Rows);
        Scale(report, runs, options, tiled);
        report.Finish(Enumerable.Min);
    }

    private static (double Ours, double Peer) Compare(BenchReport report, SparkRuns runs, BenchOptions options, string table, string folder,
        int rows)
    {
        var ours = new List<OurRun>();
        var peer = new List<(double Seconds, double Whole)>();
        runs.Ours(folder, 1); // the files are in the page cache for everybody
        for (int round = 0; round < options.Rounds; round++)
        {
            ours.Add(runs.Ours(folder, 1));
            peer.Add(runs.Peer(folder));
            Console.Error.WriteLine(FormattableString.Invariant(
                $"{table}: ours {ours[^1].Seconds:F2} s (tasks {ours[^1].TaskSeconds:F2} s), peer {peer[^1].Seconds:F2} s"));
        }

        (double Ours, double Peer) seconds = (Median(ours.Select(run => run.Seconds)), Median(peer.Select(run => run.Seconds)));
        report.Add(table, seconds.Peer / seconds.Ours, null,
            ("our_rows_per_s", rows / seconds.Ours), ("peer_rows_per_s", rows / seconds.Peer), ("our_ms", seconds.Ours * 1000),
                ("peer_ms", seconds.Peer * 1000),
            ("our_process_ms", Median(ours.Select(run => run.Whole)) * 1000),
                ("peer_process_ms", Median(peer.Select(run => run.Whole)) * 1000),
            ("our_ms_to_first_task", Median(ours.Select(run => run.ToFirstTask)) * 1000),
                ("runner_peak_mib", ours.Max(run => run.RunnerPeakMiB)));
        return seconds;
    }

    /// <summary>
    /// Two cores in one Spark against two Sparks with a core each, by the rate between first task start and last task end.
    /// </summary>
    private static void Scale(BenchReport report, SparkRuns runs, BenchOptions options, string table)
    {
        string first = KeyedTables.Files(table, table + "-half-1", 0, Tables.Files / 2),
            second = KeyedTables.Files(table, table + "-half-2", Tables.Files / 2, Tables.Files / 2);
        var together = new List<double>();
        var apart = new List<double>();
        for (int round = 0; round < options.Rounds; round++)
        {
            together.Add(options.Rows / runs.Ours(table, 2).TaskSeconds);
            (OurRun one, OurRun other) = runs.OursTwice(first, second);
            apart.Add((options.Rows / 2 / one.TaskSeconds) + (options.Rows / 2 / other.TaskSeconds));
        }

        report.Add("two_cores", Median(together) / Median(apart), null, ("local2_rows_per_s", Median(together)),
            ("two_local1_rows_per_s", Median(apart)));
    }

    private static double Median(IEnumerable<double> figures)
    {
        double[] values = [.. figures.Order()];
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
