using System.Text.Json.Nodes;
using BatchScoring.SparkJobs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Inspect;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class ModelDiffTests
{
    [Fact]
    public void Describe_OtherParameters_TellsThemAndTheFirstTreeThatDiffers()
    {
        JobOutcome outcome = Diff(["training", "logloss-numeric", "model.cbm"], ["training", "logloss-balanced", "model.cbm"]);

        string text = string.Join('\n', outcome.Lines);
        text.ShouldContain("parameters  auto_class_weights not given -> \"Balanced\"\n");
        text.ShouldContain("features    LIMIT_BAL: 36 thresholds -> 37 thresholds\n");
        text.ShouldContain("trees       0: PAY_0 > 1.5 -> PAY_0 > 0.5\n");
        ((bool)outcome.Json!["same"]!).ShouldBeFalse();
        outcome.Json["trees"]!.AsArray().Count.ShouldBe(200);
    }

    [Theory]
    [InlineData("json-numeric")]
    [InlineData("json-one-hot")]
    [InlineData("json-lossguide-multiclass")]
    public void Describe_SameModelInJson_AnswersAlike(string name)
    {
        JobOutcome outcome = Diff(["catboost-next", name, "model.cbm"], ["catboost-next", name, "model.json"]);

        ((bool)outcome.Json!["same"]!).ShouldBeTrue(string.Join('\n', outcome.Lines));
        ((int)outcome.Json["equal_trees"]!).ShouldBe(20);
        outcome.Lines[^1].ShouldBe("The models answer alike, to the last bit.");
    }

    [Fact]
    public void Describe_CategoriesInsteadOfNumbers_TellsOfEachColumn()
    {
        JsonArray features = Diff(["catboost", "lossguide", "model.cbm"], ["catboost", "categorical-ctr", "model.cbm"])
            .Json!["features"]!.AsArray();

        features.Select(feature => (string)feature!).ShouldContain("PAY_2: numeric -> categorical, 11 thresholds -> 0 thresholds, 0 ctrs -> 3 ctrs");
    }

    private static JobOutcome Diff(string[] from, string[] to) =>
        ModelDiff.Describe(ModelFile.Load(Repository.Data(["golden", .. from])), ModelFile.Load(Repository.Data(["golden", .. to])));
}
