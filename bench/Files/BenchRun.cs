using BatchScoring.Tables;

namespace BatchScoring.Bench.Files;

/// <summary>The comparisons: rounds are interleaved, medians count.</summary>
internal static class BenchRun
{
    public static IReadOnlyList<string> Names { get; } = ["file", "threads", "memory", "read", "import", "sample"];

    public static void Run(string name, BenchOptions options)
    {
        Directory.CreateDirectory(options.Cache);
        var report = new BenchReport(name, options);
        var tables = new Tables(options);
        if (name == "read")
        {
            CompareRead(report, options, tables);
            return;
        }

        var processes = new Processes(options);
        if (name is "import" or "sample")
        {
            var import = new ImportBench(options, processes, report);
            if (name == "import") import.Import();
            else import.Sample();
            report.Finish(worst: Enumerable.Last);
            return;
        }

        foreach ((string? table, string? folder) in new[] { ("tiled", tables.Tiled()), ("realistic", tables.Realistic()) })
        {
            // Once before the clock runs: the files are in the page cache for everybody.
            processes.Scan(folder);
            if (name == "file") CompareFile(report, processes, options, table, folder);
            else if (name == "threads") CompareThreads(report, processes, options, table, folder);
            else CompareMemory(report, processes, options, table, folder);
        }

        report.Finish(worst: name == "memory" ? Enumerable.Max : Enumerable.Min);
    }

    private static void CompareRead(BenchReport report, BenchOptions options, Tables tables)
    {
        using var rates = new ReadRates(options);
        foreach ((string? table, string? folder) in new[] { ("tiled", tables.Tiled()), ("realistic", tables.Realistic()),
            ("realistic-snappy", tables.RealisticSnappy()) })
        {
            rates.Prepare(folder);
            (List<double>? ours, List<double>? theirs) = (new List<double>(), new List<double>());
            for (int round = 0; round < options.Rounds; round++)
            {
                ours.Add(rates.Seconds(folder, ReaderChoice.Native));
                theirs.Add(rates.Seconds(folder, ReaderChoice.DuckDb));
            }

            (double own, double duck) = (options.Rows / Median(ours), options.Rows / Median(theirs));
            report.Add(table, own / duck, null, ("own_rows_per_s", own), ("duckdb_stream_rows_per_s", duck));
        }

        report.Finish(worst: Enumerable.Min);
    }

    private static void CompareFile(BenchReport report, Processes processes, BenchOptions options, string table, string folder)
    {
        var predict = new List<Measured>();
        var scan = new List<Measured>();
        for (int round = 0; round < options.Rounds; round++)
        {
            predict.Add(processes.Predict(folder, threads: 1));
            scan.Add(processes.Scan(folder));
        }

        (double ours, double theirs) = (options.Rows / Median(predict, it => it.Seconds), options.Rows / Median(scan, it => it.Seconds));
        report.Add(table, ours / theirs, CpuRatio(predict, scan), ("predict_rows_per_s", ours), ("duckdb_sum_rows_per_s", theirs));
    }

    private static void CompareThreads(BenchReport report, Processes processes, BenchOptions options, string table, string folder)
    {
        (string? first, string? second) = Tables.Halves(folder);
        var threads = new List<Measured>();
        var apart = new List<Measured>();
        for (int round = 0; round < options.Rounds; round++)
        {
            threads.Add(processes.Predict(folder, threads: 2));
            apart.Add(processes.PredictTwice(first, second));
        }

        (double ours, double theirs) = (options.Rows / Median(threads, it => it.Seconds), options.Rows / Median(apart, it => it.Seconds));
        report.Add(table, ours / theirs, CpuRatio(threads, apart), ("two_threads_rows_per_s", ours), ("two_processes_rows_per_s", theirs));
    }

    private static void CompareMemory(BenchReport report, Processes processes, BenchOptions options, string table, string folder)
    {
        string one = Tables.FirstFile(folder);
        var peaksOfOne = new List<Measured>();
        var peaksOfTen = new List<Measured>();
        for (int round = 0; round < options.Rounds; round++)
        {
            peaksOfOne.Add(processes.Predict(one, threads: 1));
            peaksOfTen.Add(processes.Predict(folder, threads: 1));
        }

        (double few, double many) = (Median(peaksOfOne, it => it.PeakMiB), Median(peaksOfTen, it => it.PeakMiB));
        report.Add(table, many / few, null, ("ten_files_peak_mib", many), ("one_file_peak_mib", few));
    }

    /// <summary>The same ratio by processor time, which other work on the machine disturbs less.</summary>
    private static double CpuRatio(List<Measured> ours, List<Measured> theirs) =>
        Median(theirs, it => it.CpuSeconds) / Median(ours, it => it.CpuSeconds);

    internal static double Median(List<Measured> measured, Func<Measured, double> figure)
    {
        return Median([.. measured.Select(figure)]);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
