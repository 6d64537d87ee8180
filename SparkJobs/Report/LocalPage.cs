using System.Text;
using BatchScoring.Core;
using BatchScoring.Reporting;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Report;

/// <summary>A report as local files: the page, and its charts as images.</summary>
internal sealed class LocalPage
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly IObjectStore _store;
    private readonly LocalTarget? _page;
    private readonly string? _charts;
    private readonly bool _overwrite;

    /// <summary>Refuses names before any work is done.</summary>
    /// <param name="store">The root, in which nothing may be written.</param>
    /// <param name="page">The page's file; null for none.</param>
    /// <param name="charts">The folder of the images, which is made if it is not there; null for none.</param>
    /// <param name="overwrite">True to replace files.</param>
    public LocalPage(IObjectStore store, string? page, string? charts, bool overwrite)
    {
        (_store, _overwrite) = (store, overwrite);
        if (page is not null && Path.GetExtension(page).ToLowerInvariant() is not (".html" or ".htm"))
            throw new BatchScoringException(JobErrors.OutputFormat, $"--output {page} must end in .html: report writes a page.");
        _page = page is null ? null : LocalTarget.Of(page, store);
        _charts = charts is null ? null : Path.GetFullPath(charts);
        if (_charts is not null) LocalTarget.RequireOutside(_charts, store, _charts);
    }

    /// <summary>Writes what was asked for; images are named after their charts' titles.</summary>
    /// <returns>The images, in the order of the page.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(Reporting.Report report, CancellationToken cancellation)
    {
        if (_page is not null) await PutAsync(_page, _utf8.GetBytes(HtmlReport.Create(report)), cancellation);
        if (_charts is null) return [];
        Directory.CreateDirectory(_charts);
        var files = new List<string>();
        foreach (Chart chart in report.Charts)
        {
            var image = LocalTarget.Of(Path.Combine(_charts, FileName(chart.Title) + ".png"), _store);
            await PutAsync(image, ChartImage.Create(chart), cancellation);
            files.Add(image.Path);
        }

        return files;
    }

    private Task PutAsync(LocalTarget target, byte[] content, CancellationToken cancellation) =>
        target.WriteAsync(temporary => File.WriteAllBytesAsync(temporary, content, cancellation), _overwrite);

    private static string FileName(string title) =>
        string.Join('-', new string([.. title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
