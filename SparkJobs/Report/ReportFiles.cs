using System.Text;
using BatchScoring.Core;
using BatchScoring.Reporting;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Report;

/// <summary>A report as page, text and JSON in one folder of the store. The JSON comes last: where it stands, all three do.</summary>
internal static class ReportFiles
{
    /// <returns>False when the same report stood there already.</returns>
    public static async Task<bool> PutAsync(IObjectStore store, string folder, Reporting.Report report, CancellationToken cancellation)
    {
        byte[] json = Encoding.UTF8.GetBytes(JsonReport.Create(report));
        if (await store.GetAsync(folder + AttemptFiles.ReportJson, cancellation) is { } known && known.AsSpan().SequenceEqual(json))
            return false;
        await store.PutAsync(folder + AttemptFiles.ReportHtml, Encoding.UTF8.GetBytes(HtmlReport.Create(report)), PutCondition.Always,
            cancellation);
        await store.PutAsync(folder + AttemptFiles.ReportText, Encoding.UTF8.GetBytes(TextReport.Create(report)), PutCondition.Always,
            cancellation);
        await store.PutAsync(folder + AttemptFiles.ReportJson, json, PutCondition.Always, cancellation);
        return true;
    }
}
