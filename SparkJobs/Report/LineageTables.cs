using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Reporting;
using BatchScoring.Runs;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Report;

/// <summary>What a run was made from, file by file, and how its revision differs from the one before.</summary>
internal sealed class LineageTables(IObjectStore store, TimeProvider time)
{
    /// <summary>More files than a page can show are counted.</summary>
    private const int MaxFiles = 20;

    private readonly RunStore _runs = new(store, time);

    public async Task<IReadOnlyList<ReportTable>> CreateAsync(RunRecord record, Plan? plan, CancellationToken cancellation)
    {
        if (plan is null) return [];
        return [MadeFrom(plan), .. await DifferenceAsync(record, plan, cancellation) is { } difference
            ? [difference]
            : Array.Empty<ReportTable>()];
    }

    private static ReportTable MadeFrom(Plan plan) => new(
        "Made from",
        [new("What"), new("Where"), new("Pinned by")],
        [
            .. plan.Model is { } model ? [new ReportRow(["Model", model.Key, $"SHA-256 {model.Sha256}"])] : Array.Empty<ReportRow>(),
            .. plan.InputManifestSha256 is { } manifest ? [new ReportRow(
                ["Input manifest", Folder(plan) + FolderLayout.Manifest, $"SHA-256 {manifest}"])] : Array.Empty<ReportRow>(),
            .. plan.Inputs.Take(MaxFiles).Select(file => new ReportRow(
                ["Input", file.Key, string.Create(CultureInfo.InvariantCulture, $"{file.Size:N0} bytes, version {file.Version}")])),
        ],
        plan.Inputs.Count > MaxFiles
            ? string.Create(CultureInfo.InvariantCulture, $"{plan.Inputs.Count - MaxFiles:N0} further files stand in the plan.") : null);

    private static string Folder(Plan plan) =>
        plan.Inputs.Count == 0 ? "" : plan.Inputs[0].Key[..(plan.Inputs[0].Key.LastIndexOf('/') + 1)];

    private async Task<ReportTable?> DifferenceAsync(RunRecord record, Plan plan, CancellationToken cancellation)
    {
        if (record.RunDate is null || record.Revision < 2) return null;
        var before = new RunId(record.Job, RunDate.Parse(record.RunDate), record.Revision - 1);
        RunRecord? last = (await _runs.RecordsAsync(FolderLayout.Run(before), cancellation)).Readable.FirstOrDefault(found =>
            found.Verdict == Verdict.Published);
        if (last is null) return null;
        string key = last.AttemptFolder + AttemptFiles.Plan;
        if (await _runs.GetAsync(key, CoreJson.Default.Plan, cancellation) is not { } lastPlan) return null;
        ReportRow[] rows =
        [
            .. Row("Model", lastPlan.Model?.Sha256, plan.Model?.Sha256),
                .. Row("Input manifest", lastPlan.InputManifestSha256, plan.InputManifestSha256),
            .. Row("Input files", Names(lastPlan), Names(plan)), .. Options(lastPlan, plan),
                .. Row("Program", lastPlan.Program, plan.Program),
            .. Row("Rows out", Count(last.RowsOut), Count(record.RowsOut)),
                .. Row("Rows set aside", Count(last.RowsQuarantined), Count(record.RowsQuarantined)),
            .. Row("Content", last.Content.ToString(), record.Content.ToString()),
        ];
        return new ReportTable($"What differs from revision {before.Revision}", [new("What"), new("Then"), new("Now")], rows,
            rows.Length == 0 ? "Nothing: the same rows, scored the same way." : null);
    }

    private static IEnumerable<ReportRow> Row(string what, string? then, string? now) =>
        string.Equals(then, now, StringComparison.Ordinal) ? [] : [new ReportRow([what, then ?? "none", now ?? "none"])];

    private static IEnumerable<ReportRow> Options(Plan then, Plan now)
    {
        foreach (string name in Properties(then).Concat(Properties(now)).Distinct(StringComparer.Ordinal))
            foreach (ReportRow row in Row($"Option {name}", Value(then, name), Value(now, name))) yield return row;
    }

    private static IEnumerable<string> Properties(Plan plan) =>
        plan.Options.ValueKind == JsonValueKind.Object ? plan.Options.EnumerateObject().Select(option => option.Name) : [];

    private static string? Value(Plan plan, string name) =>
        plan.Options.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : null;

    private static string Names(Plan plan) => string.Join(", ", plan.Inputs.Take(MaxFiles).Select(file => file.Key));

    private static string Count(long rows) => rows.ToString("N0", CultureInfo.InvariantCulture);
}
