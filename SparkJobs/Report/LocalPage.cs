using System.Text;
using BatchScoring.Core;
using BatchScoring.Reporting;

namespace BatchScoring.SparkJobs.Report;

/// <summary>
/// A report as local files: the page, and its charts as images. A file appears whole or not at all, and replaces another only when told to.
/// </summary>
internal sealed class LocalPage(Reporting.Report report, bool overwrite)
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Refuses a name before any work is done.</summary>
    public static void RequireName(string? output)
    {
        if (output is null || Path.GetExtension(output).ToLowerInvariant() is ".html" or ".htm") return;
        throw new BatchScoringException(JobErrors.OutputFormat, $"--output {output} must end in .html: report writes a page.");
    }

    public Task WriteAsync(string path, CancellationToken cancellation) =>
        PutAsync(path, _utf8.GetBytes(HtmlReport.Create(report)), cancellation);

    /// <summary>One PNG per chart, named after its title; the folder is made if it is not there.</summary>
    /// <returns>The files, in the order of the page.</returns>
    public async Task<IReadOnlyList<string>> WriteChartsAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (Chart chart in report.Charts)
        {
            string path = Path.Combine(folder, FileName(chart.Title) + ".png");
            await PutAsync(path, ChartImage.Create(chart), cancellation);
            files.Add(path);
        }

        return files;
    }

    private static string FileName(string title) =>
        string.Join('-', new string([.. title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private async Task PutAsync(string path, byte[] content, CancellationToken cancellation)
    {
        string target = Path.GetFullPath(path);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw new BatchScoringException(JobErrors.OutputFolderMissing, $"The folder of {target} does not exist; make it first.");
        if (File.Exists(target) && !overwrite)
        {
            if ((await File.ReadAllBytesAsync(target, cancellation)).AsSpan().SequenceEqual(content)) return;
            throw new BatchScoringException(JobErrors.OutputExists,
                $"{target} exists already. Name another file, or replace it with --overwrite.");
        }

        string temporary = $"{target}.{AttemptId.New()}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, content, cancellation);
            File.Move(temporary, target, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
