using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.SparkJobs.Runs;
using BatchScoring.Datasets;

namespace BatchScoring.SparkJobs.Status;

/// <summary>What there is of one date.</summary>
internal sealed record DateStatus(string Date, Dataset? Sample, IReadOnlyList<Dataset> Scores)
{
    public static IReadOnlyList<DateStatus> Of(IReadOnlyList<Dataset> samples, IReadOnlyList<Dataset> scores) =>
    [
        .. samples.Concat(scores).Select(dataset => DateOf(dataset.Folder)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(date => new DateStatus(date, samples.FirstOrDefault(sample => DateOf(sample.Folder) == date), [.. scores.Where(score => DateOf(score.Folder) == date)])),
    ];

    public string Text() => string.Create(CultureInfo.InvariantCulture,
        $"{Date}: {(Sample is null ? "no sample" : $"sample {State(Sample)}")}; {(Scores.Count == 0 ? "not scored" : string.Join(", ", Scores.Select(score => $"revision {score.Revision} {State(score)}")))}");

    public JsonNode Json() => new JsonObject
    {
        ["date"] = Date,
        ["sample"] = Sample is null ? null : State(Sample),
        ["scores"] = new JsonArray([.. Scores.Select(score => (JsonNode)new JsonObject { ["revision"] = score.Revision, ["state"] = State(score) })]),
    };

    private static string State(Dataset dataset) => DatasetProblem.Of(dataset) is { } problem ? $"damaged: {problem}" : dataset.Condition switch
    {
        DatasetCondition.Sealed => string.Create(CultureInfo.InvariantCulture, $"published ({dataset.Manifest!.Manifest.Content.Rows:N0} rows)"),
        DatasetCondition.Publishing => "half-published (run recover)",
        DatasetCondition.SealedElsewhere => "delivered",
        _ => "arriving",
    };

    private static string DateOf(string folder) =>
        folder.Split('/').FirstOrDefault(step => step.StartsWith("run_date=", StringComparison.Ordinal))?["run_date=".Length..] ?? folder;
}
