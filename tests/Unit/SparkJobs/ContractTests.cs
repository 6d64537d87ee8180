using BatchScoring.Core;
using BatchScoring.Scoring;
using BatchScoring.SparkJobs;
using BatchScoring.SparkJobs.Contract;
using BatchScoring.SparkJobs.Score;
using BatchScoring.Statistics;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class ContractTests
{
    [Theory]
    [InlineData(new[] { 18f, 79f }, 0.0, 110.0)]
    [InlineData(new[] { -3f, 5f }, -7.0, 9.0)]
    [InlineData(new[] { -80f, -20f }, -110.0, 0.0)]
    [InlineData(new[] { 0.25f, 0.75f }, 0.0, 1.0)]
    [InlineData(new[] { 0f, 0.02f }, 0.0, 0.03)]
    [InlineData(new[] { -0.5f, float.PositiveInfinity, 1234.5f, float.NaN }, -620.0, 1900.0)]
    [InlineData(new[] { 7f, 7f }, null, null)]
    [InlineData(new[] { float.NaN }, null, null)]
    public void Rule_OfNumbers_HasRoomButNotAcrossZero(float[] values, double? minimum, double? maximum)
    {
        var range = new NumberRange("AGE", grouped: false);
        range.Add(values);

        FeatureRule rule = range.Rule(values.Length);

        (rule.Minimum, rule.Maximum).ShouldBe((minimum, maximum));
        rule.Problem().ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 10.0)]
    [InlineData(1, 11.0)]
    [InlineData(300, 40.0)]
    [InlineData(900, null)]
    public void Rule_OfNumbers_LimitsMissingValues(int missing, double? percent)
    {
        var range = new NumberRange("AGE", grouped: false);
        range.Add([.. Enumerable.Range(0, 1000).Select(i => i < missing ? float.NaN : i)]);

        range.Rule(1000).MaxMissingPercent.ShouldBe(percent);
        range.Rule(1000).Training.ShouldNotBeNull().Missing.ShouldBe(missing);
    }

    [Fact]
    public void Rule_Grouped_CutsIntoTenthsOfAboutEqualCount()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(i => (float)(i * 7919 % 10_000))];
        var range = new NumberRange("AGE", grouped: true);
        range.Add(values);

        IReadOnlyList<float> edges = range.Rule(values.Length).Training!.Edges!;

        edges.Count.ShouldBe(9);
        for (int i = 0; i < edges.Count; i++) edges[i].ShouldBe((i + 1) * 1000, 200);
    }

    [Fact]
    public void ScoreProfile_CountsItsOwnScoresInItsOwnGroups()
    {
        ScoreHistogram scores = new(0, 1, 1000);
        for (int i = 0; i < 5000; i++) scores.Add(Math.Pow(i / 5000.0, 3));

        var profile = ScoreProfile.Of(scores);

        profile.Problem().ShouldBeNull();
        profile.Counts.Count.ShouldBeInRange(5, 10);
        profile.Count(scores).ShouldBe(profile.Counts);
        profile.Count(new ScoreHistogram(0, 1, 100)).ShouldBeNull("an edge of a thousandth is none of these bins");
    }

    [Theory]
    [InlineData("""{ "features": [ { "feature": "AGE", "minimum": 2, "maximum": 1 } ] }""", "minimum of 'AGE' lies above")]
    [InlineData("""{ "features": [ { "feature": "AGE", "max_missing_percent": 101 } ] }""", "max_missing_percent of 'AGE'")]
    [InlineData("""{ "features": [ { "feature": "AGE", "training": { "rows": 9, "missing": 0, "edges": [2, 1], "counts": [9, 9, 9] }}]}""",
        "do not rise")]
    [InlineData("""{ "features": [ { "feature": "AGE", "training": { "rows": 9, "missing": 0, "edges": [1], "counts": [9] } } ] }""",
        "1 training counts for 2 groups")]
    [InlineData("""{ "features": [ { "feature": "AGE", "minimum": 1 }, { "feature": "AGE", "maximum": 9 } ] }""", "2 rules for 'AGE'")]
    [InlineData("""{ "features": [], "scores": { "edges": [0.5], "counts": [1] } }""", "1 counts for 2 groups")]
    public void Read_ContractThatContradictsItself_IsRefused(string text, string problem)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("contract.json"), text);
        var model = ModelFile.Load(Repository.Data("golden", "training", "logloss-onehot", "model.cbm"));

        BatchScoringException error =
            Should.Throw<BatchScoringException>(() => ModelContract.Read(folder.File("contract.json"), model.Model));

        error.Code.ShouldBe("CONTRACT_INVALID");
        error.Message.ShouldContain(problem);
    }
}
