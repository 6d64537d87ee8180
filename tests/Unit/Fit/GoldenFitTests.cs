using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Models;
using BatchScoring.SparkJobs.Fit;
using BatchScoring.Tests.Testing;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary>
/// Files, labels, weights, eval sets and parameters as a user names them: CatBoost's own models, to the bit, with their class parameters.
/// </summary>
public sealed class GoldenFitTests : IDisposable
{
    private static readonly string[] Kinds =
        ["label-", "class-", "multiclass-", "onevsall-", "loss-", "scale-", "weights", "ignored-", "borders-per", "eval-", "continue-", "threads-2"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names { get; } =
    [
        .. Directory.GetDirectories(Repository.Data("training-numeric")).Select(folder => Path.GetFileName(folder)!)
            .Where(name => Kinds.Any(kind => name.StartsWith(kind, StringComparison.Ordinal)) && IsTried(name)).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cases_ThatAreTried_AreMany() => Names.Count.ShouldBeGreaterThanOrEqualTo(40);

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_GoldenCase_IsTheSameModel(string name)
    {
        string folder = Repository.Data("training-numeric", name);
        JsonElement given = Case(folder);
        FitOptions options = Options(given, folder, _folder.File("model.cbm"));

        FitSummary summary = new FitJob(options, new TrainingRun()).Run(CancellationToken.None);

        CatBoostModel ours = CatBoostModel.LoadFile(options.Output), theirs = CatBoostModel.LoadFile(Path.Combine(folder, "model.cbm"));
        summary.Result.Model.TreeCount.ShouldBe(ours.TreeCount);
        ours.Symmetric!.Splits.ShouldBe(theirs.Symmetric!.Splits);
        ours.FloatFeatures.SelectMany(feature => feature.Borders).ShouldBe(theirs.FloatFeatures.SelectMany(feature => feature.Borders));
        ours.LeafValues.Select(BitConverter.DoubleToInt64Bits).ShouldBe(theirs.LeafValues.Select(BitConverter.DoubleToInt64Bits));
        ours.Bias.Sum().ShouldBe(theirs.Bias.Sum());
        JsonNode? own = Classes(ours), expected = Classes(theirs);
        JsonNode.DeepEquals(own, expected).ShouldBeTrue($"{own?.ToJsonString()} and not {expected?.ToJsonString()}");
    }

    /// <summary>Categories from text tables, with lists of numbers made of them.</summary>
    [Theory]
    [InlineData("a5-time-leaf-limit")]
    [InlineData("a6-time-leaf-limit-store-all")]
    [InlineData("a7-time-ctr-types")]
    [InlineData("c3-defaults-40-iterations")]
    [InlineData("d2-rmse-target-borders")]
    public void Fit_GoldenCaseWithCategories_IsTheSameModel(string name)
    {
        string folder = Repository.Data("training-categorical", name);
        FitOptions options = Options(Case(folder), folder, _folder.File("model.cbm"));

        new FitJob(options, new TrainingRun()).Run(CancellationToken.None);

        CatBoostModel ours = CatBoostModel.LoadFile(options.Output), theirs = CatBoostModel.LoadFile(Path.Combine(folder, "model.cbm"));
        ours.Symmetric!.Depths.ShouldBe(theirs.Symmetric!.Depths);
        ours.LeafValues.Select(BitConverter.DoubleToInt64Bits).ShouldBe(theirs.LeafValues.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Fit_CategoriesWithALossThatCtrsAreNotKnownFor_IsRefused()
    {
        string folder = Repository.Data("training-categorical", "c3-defaults-40-iterations");
        FitOptions options = Options(Case(folder), folder, _folder.File("model.cbm"));
        options.Parameters["loss_function"] = "CrossEntropy";

        TrainingException refused = Should.Throw<TrainingException>(() => new FitJob(options, new TrainingRun()).Run(CancellationToken.None));

        refused.Fault.ShouldBe(TrainingFault.Unsupported);
        refused.Message.ShouldContain("one_hot_max_size");
    }

    private static JsonElement Case(string folder) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement;

    private static bool IsTried(string name)
    {
        JsonElement given = Case(Repository.Data("training-numeric", name));
        // Refused here: a model that learned nothing.
        return name != "loss-huber-zero-leaves" && given.GetProperty("table").ValueKind == JsonValueKind.String;
    }

    private static FitOptions Options(JsonElement given, string folder, string output)
    {
        string key = given.GetProperty("key").GetString()!;
        JsonObject parameters = JsonNode.Parse(given.GetProperty("params").GetRawText())!.AsObject();
        if (Text(given, "loss_blocks_as") is null && given.TryGetProperty("loss_blocks_as", out JsonElement blocks)
            && blocks.ValueKind == JsonValueKind.Object) parameters["thread_count"] = blocks.GetProperty("thread_count").GetInt32();
        string? eval = Text(given, "eval");
        string learn = given.GetProperty("learn").GetString()!;
        return new FitOptions
        {
            Inputs = [Path.GetFullPath(Path.Combine(folder, Text(given, "table") ?? "table.csv"))],
            Labels = given.GetProperty("label").GetString()!.Split(','),
            Weight = Text(given, "weight"),
            Ignored = [key],
            Categories = [.. given.GetProperty("categorical").EnumerateArray().Select(name => name.GetString()!)],
            Where = eval is null ? learn : $"({learn}) OR ({eval})",
            EvalWhere = eval,
            InitModel = Text(given, "init_model") is { } start ? Path.Combine(folder, start) : null,
            Parameters = parameters,
            Output = output,
            Threads = 2,
        };
    }

    private static string? Text(JsonElement given, string name) =>
        given.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonNode? Classes(CatBoostModel model) => model.Info.TryGetValue("class_params", out string? text) ? JsonNode.Parse(text) : null;
}
