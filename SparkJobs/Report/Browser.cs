using System.ComponentModel;
using System.Diagnostics;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Report;

/// <summary>Shows a page on the user's screen, where there is one.</summary>
internal static class Browser
{
    /// <summary>A program that cannot show the page says so at once; one that shows it may run as long as the page is open.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <returns>What happened, for people.</returns>
    public static async Task<string> OpenAsync(IObjectStore store, string key, Reporting.Report report, CancellationToken cancellation)
    {
        string? path = store.LocalPath(key);
        if (path is null)
        {
            // A folder that nobody else can guess or read; it stays, as long as the page is looked at.
            path = Path.Combine(Directory.CreateTempSubdirectory("batch-score-report-").FullName, "report.html");
            await new LocalPage(store, path, charts: null, overwrite: false).WriteAsync(report, cancellation);
        }

        return await TryAsync(path, cancellation) is { } problem
            ? $"No browser can be started from here ({problem}). Open the page yourself: {path}"
            : $"opened {path}";
    }

    /// <returns>Why not, or null.</returns>
    private static async Task<string?> TryAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var start = new ProcessStartInfo("xdg-open", [path])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true
            };
            using Process process = Process.Start(start)!;
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(_patience);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return null;
            }

            return process.ExitCode == 0 ? null : $"xdg-open ended with {process.ExitCode}";
        }
        catch (Win32Exception)
        {
            return "xdg-open is not installed";
        }
    }
}
