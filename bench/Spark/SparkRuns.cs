using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BatchScoring.Bench.Files;

namespace BatchScoring.Bench.Spark;

/// <summary>Starts both sides and reads their clocks.</summary>
internal sealed class SparkRuns(BenchOptions options, string sparkHome, string peerJars)
{
    private const string Date = "2026-11-21";

    /// <summary>Looking at all processes is work, too, and only our side would pay for it; the kernel keeps a peak until we look.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The peer's own clock, which it prints, and the whole process.</summary>
    public (double Seconds, double Whole) Peer(string folder)
    {
        long started = Stopwatch.GetTimestamp();
        string output = Path.Combine(options.Cache, "spark-peer-answers");
        string[] jars = peerJars.Split(',');
        using Process process = Start(Path.Combine(sparkHome, "bin", "spark-submit"),
        [
            "--master", "local[1]", "--driver-memory", "4g", "--conf", "spark.ui.enabled=false", "--jars", string.Join(',', jars[1..]),
                "--class", "SparkPeer", jars[0],
            options.Model, folder, output, "id",
        ]);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string line = process.StandardOutput.ReadToEnd().Split('\n').FirstOrDefault(text => text.StartsWith('{'))
            ?? throw Failed("SparkPeer", errors);
        process.WaitForExit();
        double whole = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Directory.Delete(output, recursive: true);
        return (JsonDocument.Parse(line).RootElement.GetProperty("seconds").GetDouble(), whole);
    }

    public OurRun Ours(string folder, int cores, string name = "spark-root")
    {
        using OurProcess process = Begin(folder, cores, name);
        return process.Finish();
    }

    /// <summary>Two runs at once, each on one core.</summary>
    public (OurRun First, OurRun Second) OursTwice(string first, string second)
    {
        using OurProcess one = Begin(first, 1, "spark-root-1"), other = Begin(second, 1, "spark-root-2");
        Task<OurRun> firstRun = Task.Run(one.Finish);
        OurRun secondRun = other.Finish();
        return (firstRun.Result, secondRun);
    }

    private OurProcess Begin(string folder, int cores, string name)
    {
        string root = Path.Combine(options.Cache, name), sample = Path.Combine(root, "test_sample", "run_date=" + Date),
            log = Path.Combine(root, "event-log");
        if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
        Directory.CreateDirectory(sample);
        Directory.CreateDirectory(log);
        foreach (string path in Directory.GetFiles(folder))
            File.CreateSymbolicLink(Path.Combine(sample, Path.GetFileName(path)), new FileInfo(path)
                .ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path);
        File.WriteAllText(Path.Combine(sample, "_SUCCESS"), "");
        long started = Stopwatch.GetTimestamp();
        DateTimeOffset clock = TimeProvider.System.GetUtcNow();
        Process process = Start(options.Program,
        [
            "submit", "--root", root, "--spark-home", sparkHome, "--master", string.Create(CultureInfo.InvariantCulture, $"local[{cores}]"),
                "--driver-memory", "1g",
            "--conf", "spark.ui.enabled=false", "--conf", "spark.eventLog.enabled=true", "--conf", "spark.eventLog.dir=file://" + log,
            "--", "score", "--date", Date, "--model", options.Model, "--key", "id",
        ]);
        return new OurProcess(process, root, started, clock, Interval);
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false
        };
        start.Environment["SPARK_LOCAL_IP"] = "127.0.0.1";
        return Process.Start(start)!;
    }

    private static InvalidOperationException Failed(string what, Task<string> errors) => new($"{what} failed: {errors.Result}");
}
