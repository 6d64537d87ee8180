using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Datasets;
using BatchScoring.Runs;

namespace BatchScoring.SparkJobs.Status;

/// <summary>What there is of one date.</summary>
internal sealed record DateStatus(string Date, Dataset? Sample, IReadOnlyList<Dataset> Scores)
{
    public static IReadOnlyList<DateStatus> Of(IReadOnlyList<Dataset> samples, IReadOnlyList<Dataset> scores) =>
    [
        .. samples.Concat(scores).Select(dataset => DateOf(dataset.Folder)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(date => new DateStatus(date, samples.FirstOrDefault(sample => DateOf(sample.Folder) == date),
                [.. scores.Where(score => DateOf(score.Folder) == date)])),
    ];

    public string Text() => string.Create(CultureInfo.InvariantCulture,
        $"{Date}: {(Sample is null ? "no sample" : $"sample {Text(Sample)}")}; " +
        $"{(Scores.Count == 0 ? "not scored" : string.Join(", ", Scores.Select(score => $"revision {score.Revision} {Text(score)}")))}");

    public JsonNode Json() => new JsonObject
    {
        ["date"] = Date,
        ["sample"] = Sample is null ? null : Json(Sample),
        ["scores"] = new JsonArray([.. Scores.Select(Json)]),
    };

    private static string Text(Dataset dataset) => DatasetState.Of(dataset) switch
    {
        DatasetState.Damaged => $"damaged: {DatasetProblem.Of(dataset)}",
        DatasetState.Published =>
            string.Create(CultureInfo.InvariantCulture, $"published ({dataset.Manifest!.Manifest.Content.Rows:N0} rows)"),
        DatasetState.HalfPublished => "half-published (run recover)",
        DatasetState.Retired => FormattableString.Invariant($"retired on {dataset.Retirement!.Retired:yyyy-MM-dd}"),
        string state => state,
    };

    private static JsonNode Json(Dataset dataset) => new JsonObject
    {
        ["revision"] = dataset.Revision,
        ["state"] = DatasetState.Of(dataset),
        ["rows"] = dataset.Manifest?.Manifest.Content.Rows,
        ["problem"] = DatasetProblem.Of(dataset),
    };

    private static string DateOf(string folder) =>
        folder.Split('/').FirstOrDefault(step => step.StartsWith("run_date=", StringComparison.Ordinal))?["run_date=".Length..] ?? folder;
}
