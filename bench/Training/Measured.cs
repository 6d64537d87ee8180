using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace BatchScoring.Bench.Training;

/// <summary>What a training in a process of its own took.</summary>
/// <param name="Cpu">Processor seconds of the process, from columns in memory to the model.</param>
/// <param name="Clock">Seconds by the clock.</param>
/// <param name="PeakMib">Memory at most, beyond what the process had before it: the columns are not in it.</param>
/// <param name="Auc">Of the model, on rows that it has not seen.</param>
internal sealed record Measured(double Cpu, double Clock, double PeakMib, double Auc)
{
    /// <summary>To the kernel: the most memory so far is what there is now.</summary>
    private const string ForgetPeak = "5";

    /// <summary>Runs a training and looks at the process.</summary>
    public static Measured Run(Func<Func<double>> train)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true); // free memory is given back
        File.WriteAllText("/proc/self/clear_refs", ForgetPeak);
        double held = PeakMemory();
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        Func<double> auc = train();
        double clock = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        double cpu = (process.TotalProcessorTime - before).TotalSeconds, peak = PeakMemory() - held;
        return new Measured(cpu, clock, peak, auc());
    }

    /// <summary>A side in a process of its own.</summary>
    /// <param name="arguments">After <c>measure</c>.</param>
    /// <param name="core">The only one that it gets; null: all.</param>
    public static Measured Of(IEnumerable<string> arguments, int? core)
    {
        string[] own = [Environment.ProcessPath!, "measure", .. arguments];
        string[] line = core is null ? own : ["taskset", "-c", core.Value.ToString(CultureInfo.InvariantCulture), .. own];
        ProcessStartInfo start = new(line[0], line[1..]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', line)} ended with {process.ExitCode}.");
        return JsonSerializer.Deserialize<Measured>(output.Split('\n').Last(text => text.StartsWith('{')))!;
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    private static double PeakMemory() => double.Parse(File.ReadLines("/proc/self/status")
        .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
