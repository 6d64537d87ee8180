using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Hosting;
using BatchScoring.Models;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Inspect;

internal static class InspectCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> model = parameters.Add(new Argument<string>("model")
        {
            Description = "A CatBoost model (.cbm or .json), or a .parquet file.",
        });
        Option<bool> features = parameters.Flag("--features", "Lists every feature, or every column.");
        Option<string?> diff = parameters.Text("--diff", "file",
            "An older model: says what changed from it to the other one (parameters, columns, trees).");
        return host.Create("inspect",
            "Says what a model is (trees, features, parameters, classes, hash), or a Parquet file (row groups, encodings, who reads them).",
            [
                "batch-score inspect model.cbm",
                "batch-score inspect model.cbm --features",
                "batch-score inspect model.cbm --format json",
                "batch-score inspect --diff old.cbm new.cbm",
                "batch-score inspect rows.parquet",
            ],
            parameters, async (context, line, cancellation) =>
            {
                string path = await context.LocalAsync(line.GetRequiredValue(model), cancellation);
                return line.GetValue(diff) is { } older
                    ? ModelDiff.Describe(ModelFile.Load(await context.LocalAsync(older, cancellation)), ModelFile.Load(path))
                    : Describe(path, line.GetValue(features));
            });
    }

    private static JobOutcome Describe(string path, bool features) => ParquetInspection.Is(path)
        ? ParquetInspection.Describe(path, features)
        : Describe(ModelFile.Load(path), features);

    private static JobOutcome Describe(ModelFile file, bool features)
    {
        ModelDescription model = file.Model.Describe();
        return JobOutcome.Ok(Json(file, model),
        [
            Line($"sha256    {file.Sha256}, {file.Content.Length:N0} bytes"),
            .. model is CatBoostDescription trees ? Trees(trees) : [],
            Line($"features  {Used(model, ModelInputKind.Numeric)} numeric, {Used(model, ModelInputKind.Categorical)} categorical of {model.Features.Length} in the training table"),
            Line($"output    {model.OutputCount} value(s) a row"),
            Line($"loss      {model.Loss ?? "not told"}{(model.TrainedAt is null ? "" : $", trained {model.TrainedAt}")}"),
            .. model.Labels is null ? [] : new[] { Line($"classes   {Classes(model)}") },
            .. model.Parameters.Select(pair => $"          {pair.Key} = {pair.Value}"),
            .. features ? model.Features.Select(Text) : [],
        ]);
    }

    private static IEnumerable<string> Trees(CatBoostDescription model) =>
    [
        Line($"trees     {model.TreeCount:N0} {(model.IsSymmetric ? "symmetric" : "non-symmetric")}, {model.LeafCount:N0} leaves; by depth: {string.Join(", ", model.TreesByDepth.Select(pair => $"{pair.Value}×{pair.Key}"))}"),
        Line($"splits    {model.BinaryFeatureCount:N0} to choose from"),
        .. model.CtrsByType.Select(pair => Line($"ctr       {pair.Value:N0} × {pair.Key}")),
        Line($"sum       scale {model.Scale:R}, bias {string.Join(", ", model.Bias.Select(bias => bias.ToString("R", CultureInfo.InvariantCulture)))}"),
    ];

    /// <summary>A binary model's score is a probability: people look for the class that it is the probability of.</summary>
    private static string Classes(ModelDescription model)
    {
        const int Shown = 20;
        ClassLabels labels = model.Labels!;
        string texts = string.Join(", ", labels.Texts.Take(Shown).Select((text, place) => $"{place} {text}"));
        if (labels.Texts.Length > Shown) texts += string.Create(CultureInfo.InvariantCulture, $" … ({labels.Texts.Length:N0} in all)");
        return $"{texts} ({labels.Type.ToString().ToLowerInvariant()}){(Positive(model) is { } positive ? $"; score is the probability of {positive}" : "")}";
    }

    private static string? Positive(ModelDescription model) =>
        model.Labels is { Places.Length: 2 } labels && model.OutputCount == 1 ? labels.Texts[labels.Places[1]] : null;

    private static int Used(ModelDescription model, ModelInputKind kind) => model.Features.Count(feature => feature.IsUsed && feature.Kind == kind);

    private static string Text(FeatureSummary feature) => Line(
        $"{feature.Position,8}  {feature.Name} ({feature.Kind.ToString().ToLowerInvariant()}{(feature.IsUsed ? "" : ", not used")}, {feature.Thresholds} thresholds)");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Json(ModelFile file, ModelDescription model) => new()
    {
        ["sha256"] = file.Sha256,
        ["bytes"] = file.Content.Length,
        ["format"] = model.Format,
        ["trees"] = (model as CatBoostDescription)?.TreeCount,
        ["symmetric"] = (model as CatBoostDescription)?.IsSymmetric,
        ["leaves"] = (model as CatBoostDescription)?.LeafCount,
        ["outputs"] = model.OutputCount,
        ["loss"] = model.Loss,
        ["classes"] = model.Labels is null ? null : new JsonArray([.. model.Labels.Texts.Select(text => (JsonNode)text)]),
        ["class_type"] = model.Labels?.Type.ToString().ToLowerInvariant(),
        ["positive_class"] = Positive(model),
        ["trained_at"] = model.TrainedAt,
        ["parameters"] = new JsonObject(model.Parameters.Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value)))),
        ["features"] = new JsonArray([.. model.Features.Select(feature => (JsonNode)new JsonObject
        {
            ["name"] = feature.Name,
            ["position"] = feature.Position,
            ["kind"] = feature.Kind.ToString().ToLowerInvariant(),
            ["used"] = feature.IsUsed,
            ["thresholds"] = feature.Thresholds,
        })]),
    };
}
