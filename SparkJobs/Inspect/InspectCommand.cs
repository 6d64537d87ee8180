using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Models;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Inspect;

internal static class InspectCommand
{
    public static Command Create(CommandHost host)
    {
        var model = new Argument<string>("model") { Description = "A CatBoost model (.cbm), or a .parquet file." };
        var features = new Option<bool>("--features") { Description = "Lists every feature, or every column." };
        Command command = host.Create("inspect", "Says what a model is (trees, features, parameters, classes, hash), or a Parquet file (row groups, encodings, who reads them).",
            ["batch-score inspect model.cbm", "batch-score inspect model.cbm --features", "batch-score inspect model.cbm --format json", "batch-score inspect rows.parquet"],
            (_, line, _) => Task.FromResult(Describe(line.GetRequiredValue(model), line.GetValue(features))));
        command.Add(model);
        command.Add(features);
        return command;
    }

    private static JobOutcome Describe(string path, bool features) => ParquetInspection.Is(path)
        ? ParquetInspection.Describe(path, features)
        : Describe(ModelSummary.Of(ModelFile.Load(path).Content), features);

    private static JobOutcome Describe(ModelSummary summary, bool features) => JobOutcome.Ok(Json(summary),
    [
        Line($"sha256    {summary.Sha256}, {summary.FileLength:N0} bytes"),
        Line($"trees     {summary.TreeCount:N0} {(summary.IsSymmetric ? "symmetric" : "non-symmetric")}, {summary.LeafCount:N0} leaves; by depth: {string.Join(", ", summary.TreesByDepth.Select(pair => $"{pair.Value}×{pair.Key}"))}"),
        Line($"features  {Used(summary, ModelInputKind.Numeric)} numeric, {Used(summary, ModelInputKind.Categorical)} categorical of {summary.Features.Length} in the training table; {summary.BinaryFeatureCount:N0} splits to choose from"),
        .. summary.CtrsByType.Select(pair => Line($"ctr       {pair.Value:N0} × {pair.Key}")),
        Line($"output    {summary.OutputCount} value(s) a row, scale {summary.Scale:R}, bias {string.Join(", ", summary.Bias.Select(bias => bias.ToString("R", CultureInfo.InvariantCulture)))}"),
        Line($"loss      {summary.Loss ?? "not told"}{(summary.TrainedAt is null ? "" : $", trained {summary.TrainedAt}")}"),
        .. summary.Parameters.Select(pair => $"          {pair.Key} = {pair.Value}"),
        .. features ? summary.Features.Select(Text) : [],
    ]);

    private static int Used(ModelSummary summary, ModelInputKind kind) => summary.Features.Count(feature => feature.IsUsed && feature.Kind == kind);

    private static string Text(FeatureSummary feature) => Line(
        $"{feature.Position,8}  {feature.Name} ({feature.Kind.ToString().ToLowerInvariant()}{(feature.IsUsed ? "" : ", not used")}, {feature.Thresholds} thresholds)");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Json(ModelSummary summary) => new()
    {
        ["sha256"] = summary.Sha256,
        ["bytes"] = summary.FileLength,
        ["trees"] = summary.TreeCount,
        ["symmetric"] = summary.IsSymmetric,
        ["leaves"] = summary.LeafCount,
        ["outputs"] = summary.OutputCount,
        ["loss"] = summary.Loss,
        ["trained_at"] = summary.TrainedAt,
        ["parameters"] = new JsonObject(summary.Parameters.Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value)))),
        ["features"] = new JsonArray([.. summary.Features.Select(feature => (JsonNode)new JsonObject
        {
            ["name"] = feature.Name,
            ["position"] = feature.Position,
            ["kind"] = feature.Kind.ToString().ToLowerInvariant(),
            ["used"] = feature.IsUsed,
            ["thresholds"] = feature.Thresholds,
        })]),
    };
}
