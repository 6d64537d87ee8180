using System.Diagnostics;
using System.Text;
using BatchScoring.Reporting;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Report;

/// <summary>Shows a page on the user's screen, where there is one.</summary>
internal static class Browser
{
    /// <returns>What happened, for people.</returns>
    public static async Task<string> OpenAsync(IObjectStore store, string key, Reporting.Report report, CancellationToken cancellation)
    {
        string? path = store.LocalPath(key);
        if (path is null)
        {
            path = Path.Combine(Path.GetTempPath(), $"{report.Run.Id}-report.html");
            await File.WriteAllTextAsync(path, HtmlReport.Create(report), Encoding.UTF8, cancellation);
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo("xdg-open", [path]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
            return $"opened {path}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"No browser can be started from here (xdg-open is not installed). Open the page yourself: {path}";
        }
    }
}
