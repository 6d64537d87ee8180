using System.Diagnostics;
using System.Globalization;

namespace BatchScoring.Bench.Files;

/// <summary>Runs the programs that are measured.</summary>
internal sealed class Processes(BenchOptions options)
{
    /// <summary>
    /// Peak memory is asked for this often; the kernel keeps the high-water mark, so only the last moments can be missed.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public Measured Scan(string folder) => Run([(Environment.ProcessPath!, ["scan", options.Model, folder])]);

    public Measured Predict(string folder, int threads) => Run([PredictCall(folder, threads, 0)]);

    /// <summary>DuckDB's COPY with all cores.</summary>
    public Measured Copy(string source, string target, string where) => Run([(Environment.ProcessPath!, ["copy", source, target, where])]);

    /// <summary>A command of ours.</summary>
    public Measured Program(params string[] arguments) => Run([(options.Program, arguments)]);

    public Measured Datagen(params string[] arguments) =>
        Run([(Path.Combine(Path.GetDirectoryName(options.Program)!, "datagen"), arguments)]);

    /// <summary>Two processes with one thread each, at once.</summary>
    public Measured PredictTwice(string first, string second) => Run([PredictCall(first, 1, 1), PredictCall(second, 1, 2)]);

    private static Measured Run((string File, string[] Arguments)[] calls)
    {
        double cpu = ChildTimes.Seconds();
        long started = Stopwatch.GetTimestamp();
        var processes = calls.Select(call => Process.Start(new ProcessStartInfo(call.File, call.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!).ToList();
        var texts = processes.Select(process => (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync())).ToList();
        double[] peaks = new double[processes.Count];
        while (processes.Exists(process => !process.WaitForExit(Interval)))
            for (int i = 0; i < peaks.Length; i++) peaks[i] = Math.Max(peaks[i], PeakOf(processes[i].Id));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        for (int i = 0; i < processes.Count; i++)
        {
            if (processes[i].ExitCode != 0)
                throw new InvalidOperationException(
                    $"{string.Join(' ', calls[i].Arguments.Prepend(calls[i].File))} ended with {processes[i].ExitCode}: " +
                    $"{texts[i].Item2.Result}");
            processes[i].Dispose();
        }

        return new Measured(seconds, ChildTimes.Seconds() - cpu, peaks.Sum());
    }

    private static double PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }

    private (string, string[]) PredictCall(string folder, int threads, int number)
    {
        string output = Path.Combine(options.Cache, $"answers-{number}.parquet");
        File.Delete(output); // What is there is not replaced.
        return (options.Program,
        [
            "predict", "--model", options.Model, "--input", folder, "--output", output, "--threads",
                threads.ToString(CultureInfo.InvariantCulture),
        ]);
    }
}
