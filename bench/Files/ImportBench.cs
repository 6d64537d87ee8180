using System.Globalization;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Bench.Files;

/// <summary>The two jobs that rewrite whole tables, against DuckDB's COPY.</summary>
internal sealed class ImportBench(BenchOptions options, Processes processes, BenchReport report)
{
    private const string FirstDate = "2026-11-21";
    private const int Dates = 10;

    private string Root => Path.Combine(options.Cache, "root");

    /// <summary>What the peer does: everything, or what a condition picks.</summary>
    /// <param name="source">Files of one format, as a pattern.</param>
    /// <param name="target">The Parquet file to write.</param>
    /// <param name="where">SQL condition.</param>
    public static void Copy(string source, string target, string where)
    {
        using var database = DuckDatabase.Open();
        using DuckConnection connection = database.Connect();
        string reader = source.EndsWith(".csv", StringComparison.Ordinal) ? "read_csv" : "read_parquet";
        string table = $"{reader}({DuckSql.Literal(source)})";
        using DuckResult shape = connection.Query($"SELECT * FROM {table} LIMIT 0");
        int rows = ParquetSql.RowGroupRows(shape.Columns.Count);
        connection.Execute(string.Create(CultureInfo.InvariantCulture,
            $"COPY (SELECT * FROM {table} WHERE {where}) TO {DuckSql.Literal(target)} " +
            $"(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {rows})"));
    }

    public void Import()
    {
        // Parquet last: its ratio is the bench's.
        foreach (string format in new[] { "csv", "parquet" })
        {
            string table = Table(format);
            Compare(format, "import", _ =>
                Import(table, "0.2"), _ => processes.Copy(Path.Combine(table, "part-*." + format), Target, "true"));
        }
    }

    public void Sample()
    {
        Import(Table("parquet"), "0.5");
        string parts = Path.Combine(Root, "test", "part-*.parquet");
        Compare("parquet", "sample",
            round => processes.Program("sample", "--root", Root, "--date",
                DateOnly.ParseExact(FirstDate, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                .AddDays(round % Dates).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "--quiet"),
            round => processes.Copy(parts, Target, string.Create(CultureInfo.InvariantCulture, $"hash(id) % {Dates} = {round % Dates}")));
    }

    private string Target => Path.Combine(options.Cache, "copy.parquet");

    private string Table(string format)
    {
        string folder = Path.Combine(options.Cache, string.Create(CultureInfo.InvariantCulture, $"loans-{options.Rows}-{format}"));
        Measured made = processes.Datagen("--rows", options.Rows.ToString(CultureInfo.InvariantCulture), "--out", folder, "--format",
            format);
        if (made.PeakMiB > 100) Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"datagen {format}: {made.Seconds:F1} s, peak {made.PeakMiB:F0} MiB"));
        return folder;
    }

    private Measured Import(string table, string testShare)
    {
        if (Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
        return processes.Program("import", table, "--root", Root, "--key", "id", "--label", "default", "--outcome", "loss",
            "--like", Path.Combine(table, "_about", "model.cbm"), "--test-share", testShare, "--first-date", FirstDate, "--quiet");
    }

    private void Compare(string table, string job, Func<int, Measured> ours, Func<int, Measured> theirs)
    {
        (List<Measured> own, List<Measured> copies) = ([], []);
        for (int round = 0; round < options.Rounds; round++)
        {
            own.Add(ours(round));
            copies.Add(theirs(round));
        }

        double ratio = BenchRun.Median(own, it => it.Seconds) / BenchRun.Median(copies, it => it.Seconds);
        double cpu = BenchRun.Median(own, it => it.CpuSeconds) / BenchRun.Median(copies, it => it.CpuSeconds);
        report.Add(table, ratio, cpu,
            (job + "_ms", 1000 * BenchRun.Median(own, it => it.Seconds)), ("copy_ms", 1000 * BenchRun.Median(copies, it => it.Seconds)),
            (job + "_peak_mib", own.Max(it => it.PeakMiB)), ("copy_peak_mib", copies.Max(it => it.PeakMiB)));
    }
}
