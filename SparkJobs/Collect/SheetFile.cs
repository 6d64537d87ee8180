using System.Globalization;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.Collect.Sheets;

namespace BatchScoring.SparkJobs.Collect;

/// <summary>Scores as a file for a spreadsheet: a workbook, or CSV.</summary>
/// <param name="scores">The finished scores.</param>
/// <param name="select">Their rows.</param>
internal sealed class SheetFile(FinishedScores scores, string select, CancellationToken cancellation)
{
    private const int RowsOfSheet = Sheet.MostRows - 1;

    private static readonly string[] Facts = ["run_date", "revision", "rows", "model", "model_version", "model_sha256", "manifest_sha256",
        "content", "published", "run", "program"];

    private readonly HashSet<string> _keys =
        [.. Columns(scores).Where(column => column.Role == ColumnRole.Key).Select(column => column.Name)];

    /// <summary>Refuses what no workbook can hold, before any work is done.</summary>
    /// <exception cref="BatchScoringException"><c>SPREADSHEET_LIMIT</c>.</exception>
    public static void CheckLimits(FinishedScores scores, bool oneSheet)
    {
        int columns = Columns(scores).Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() + 1;
        long rows = Rows(scores);
        if (columns > Sheet.MostColumns) throw Limit($"{columns:N0} columns", $"{Sheet.MostColumns:N0}");
        if (oneSheet && rows > RowsOfSheet) throw Limit($"{rows:N0} rows", $"{RowsOfSheet:N0} below its header, and --one-sheet was said");
    }

    public static long Rows(FinishedScores scores) => scores.Dates.Sum(date => date.Manifest!.Manifest.Content.Rows);

    /// <summary>The rows in as many sheets as they need, then a sheet that says where they come from.</summary>
    public void WriteWorkbook(DuckConnection duck, string file)
    {
        int sheets = (int)Math.Max(1, (Rows(scores) + RowsOfSheet - 1) / RowsOfSheet);
        using var rows = new SheetRows(duck, select, _keys, cancellation);
        using var book = new Workbook(File.Create(file),
            [.. Enumerable.Range(1, sheets).Select(number => number == 1 ? "scores" : $"scores {number}"), "run"]);
        for (int number = 0; number < sheets; number++)
        {
            using Sheet sheet = book.Begin(rows.Columns);
            rows.WriteHeader(sheet);
            rows.Write(sheet, RowsOfSheet, SheetText.MostLetters);
        }

        using Sheet facts = book.Begin(Facts.Length);
        foreach (string fact in Facts) Text(facts, fact);
        facts.EndRow();
        foreach (Dataset date in scores.Dates) WriteFacts(facts, date);
        foreach (RunDate missing in scores.Missing)
        {
            facts.Day(missing.Day);
            Text(facts, "no finished scores");
            facts.EndRow();
        }
    }

    public void WriteCsv(DuckConnection duck, string file, char delimiter, bool decimalComma)
    {
        using var rows = new SheetRows(duck, select, _keys, cancellation);
        using FileStream stream = File.Create(file);
        var csv = new SpreadsheetCsv(stream, delimiter, decimalComma);
        rows.WriteHeader(csv);
        rows.Write(csv, long.MaxValue);
        csv.Flush();
    }

    private static IEnumerable<DatasetColumn> Columns(FinishedScores scores) =>
        scores.Dates.SelectMany(date => date.Manifest!.Manifest.Columns);

    private static void WriteFacts(Sheet sheet, Dataset date)
    {
        ManifestFile file = date.Manifest!;
        Manifest manifest = file.Manifest;
        sheet.Day(FinishedScores.DateOf(date).Day);
        sheet.Number((long)manifest.Revision);
        sheet.Number(manifest.Content.Rows);
        foreach (string? text in new[] { manifest.Model?.Name, manifest.Model?.Version, manifest.Model?.Sha256, file.Sha256,
            manifest.Content.ToString(), manifest.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            manifest.Run, manifest.Program }) Text(sheet, text ?? "");
        sheet.EndRow();
    }

    private static void Text(Sheet sheet, string text) => sheet.Text(Encoding.UTF8.GetBytes(text));

    private static BatchScoringException Limit(FormattableString found, FormattableString allowed) => new(JobErrors.SpreadsheetLimit,
        $"The scores have {FormattableString.Invariant(found)}; a sheet of a workbook takes {FormattableString.Invariant(allowed)}. " +
        "Nothing was written; collect to .csv or .parquet, or fewer dates.");
}
