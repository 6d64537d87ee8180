using System.Diagnostics;
using System.Text.RegularExpressions;
using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>spark-submit as a child: its log is kept, what people want to know of it is said as it comes.</summary>
internal sealed partial class SubmitProcess : IAsyncDisposable
{
    /// <summary>After a stop was asked for: the driver's clean-up and Spark's own end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly SubmitLog _log;
    private readonly Action<string> _say;
    private string _state = "";
    private string? _address;
    private string? _application;

    public SubmitProcess(string program, IReadOnlyList<string> arguments, SubmitLog log, Action<string> say)
    {
        (_log, _say) = (log, say);
        // A session of its own: a Ctrl-C at the terminal must reach the driver as a request, not its JVM as an end.
        var start = new ProcessStartInfo("setsid", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Executors on this machine would inherit them; Spark gets them by its properties file.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new BatchScoringException(SubmitErrors.SubmitSparkNotFound, $"{program} cannot be started: {e.Message}.", inner: e);
        }

        _process.StandardInput.Close();
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput, OnOutput), ReadAsync(_process.StandardError, OnLog));
    }

    /// <summary>Waits for the end. A cancellation asks the driver to stop and waits on, for a while.</summary>
    /// <returns>spark-submit's exit status.</returns>
    public async Task<int> WaitAsync(Func<Task> askToStop, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await _process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            _say("asked the driver to stop");
            await askToStop();
            using var late = new CancellationTokenSource(Patience, time);
            try
            {
                await _process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _reading;
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync() is { } line) onLine(line);
    }

    /// <summary>Where the driver runs here, its notes and its progress come this way.</summary>
    private void OnOutput(string line)
    {
        _log.Add(line);
        _say(line);
    }

    private void OnLog(string line)
    {
        _log.Add(line);
        if (YarnReport().Match(line) is { Success: true } report && report.Groups["state"].Value != _state)
        {
            _state = report.Groups["state"].Value;
            _application = report.Groups["id"].Value;
            _say($"{_application}: {_state.ToLowerInvariant()}");
        }

        if (TrackingUrl().Match(line) is { Success: true } url && url.Groups["url"].Value != _address)
        {
            _address = url.Groups["url"].Value;
            _say($"{_application}: {_address}");
        }
    }

    [GeneratedRegex(@"Application report for (?<id>application_\d+_\d+) \(state: (?<state>[A-Z_]+)\)", RegexOptions.None, 1000)]
    private static partial Regex YarnReport();

    [GeneratedRegex(@"tracking URL: (?<url>https?://\S+)", RegexOptions.None, 1000)]
    private static partial Regex TrackingUrl();
}
