using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BatchScoring.Bench.Spark;

/// <summary>A <c>batch-score submit</c> that runs, and what can be seen of it from outside.</summary>
internal sealed class OurProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _root;
    private readonly DateTimeOffset _clock;
    private readonly TimeSpan _interval;
    private readonly StringBuilder _said = new();
    private readonly Task _reading;
    private readonly long _started;
    private long _sessionUp;

    public OurProcess(Process process, string root, long started, DateTimeOffset clock, TimeSpan interval)
    {
        (_process, _root, _clock, _interval, _started, _sessionUp) = (process, root, clock, interval, started, started);
        _ = process.StandardOutput.ReadToEndAsync();
        _reading = Task.Run(Read);
    }

    public OurRun Finish()
    {
        double peak = 0;
        while (!_process.WaitForExit(_interval)) peak = Math.Max(peak, RunnerPeak());
        double whole = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        _reading.Wait();
        if (_process.ExitCode != 0) throw new InvalidOperationException($"batch-score submit ended with {_process.ExitCode}: {_said}");
        string complete = Directory.GetFiles(Path.Combine(_root, "test_sample_inference"), "_SUCCESS", SearchOption.AllDirectories)
            .Single();
        DateTimeOffset sessionUp = _clock + Stopwatch.GetElapsedTime(_started, _sessionUp);
        (double first, double last) = Tasks();
        double start = _clock.ToUnixTimeMilliseconds() / 1000.0;
        return new OurRun((File.GetLastWriteTimeUtc(complete) - sessionUp.UtcDateTime).TotalSeconds, whole, first - start, last - first,
            peak);
    }

    public void Dispose() => _process.Dispose();

    private void Read()
    {
        while (_process.StandardError.ReadLine() is { } line)
        {
            if (line.StartsWith("Spark ", StringComparison.Ordinal)) _sessionUp = Stopwatch.GetTimestamp();
            _said.AppendLine(line);
        }
    }

    /// <summary>Seconds since 1970 of the first task's start and the last one's end.</summary>
    private (double First, double Last) Tasks()
    {
        double first = double.MaxValue, last = 0;
        foreach (string line in Directory.GetFiles(Path.Combine(_root, "event-log"), "*", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines))
        {
            if (!line.Contains("\"SparkListenerTaskEnd\"", StringComparison.Ordinal)) continue;
            JsonElement info = JsonDocument.Parse(line).RootElement.GetProperty("Task Info");
            first = Math.Min(first, info.GetProperty("Launch Time").GetDouble() / 1000);
            last = Math.Max(last, info.GetProperty("Finish Time").GetDouble() / 1000);
        }

        return (first, last);
    }

    private static double RunnerPeak()
    {
        double peak = 0;
        foreach (Process runner in Process.GetProcessesByName("model-runner"))
        {
            try
            {
                string? line = File.ReadLines($"/proc/{runner.Id}/status")
                    .FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
                if (line is not null) peak = Math.Max(peak,
                    double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024);
            }
            catch (IOException)
            {
                // It has just ended.
            }
        }

        return peak;
    }
}
