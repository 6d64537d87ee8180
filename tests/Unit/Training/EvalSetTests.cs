using System.Text.Json.Nodes;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>What is measured on rows that are not learned from is what the finished model says of them.</summary>
public sealed class EvalSetTests
{
    [Theory]
    [InlineData("a2-time-combinations-tiny")]
    [InlineData("a4-time-one-hot-5")]
    [InlineData("b2-permutation-blocks-backtracking")]
    [InlineData("c2-defaults")]
    [InlineData("d1-rmse")]
    [InlineData("d4-many-values")]
    public void Train_WithCategoriesInAnEvalSet_MeasuresWhatTheModelSays(string name)
    {
        TrainingCase given = new("training-categorical", name);
        LearnTable test = given.TestRows();
        string metric = given.IsRegression ? "RMSE" : "Logloss";

        TrainingResult result = given.Train(
            new TrainingRun { EvalSets = [test] }, set: parameters => parameters with { UseBestModel = false, MetricPeriod = 1000 });

        double[] raw = given.ExpectedRaw();
        double theirs = given.IsRegression ? Math.Sqrt(raw.Select((a, row) => Math.Pow(a - test.Labels[row], 2)).Average())
            : raw.Select((a, row) => Math.Log(1 + Math.Exp(a)) - (test.Labels[row] * a)).Average();
        MetricCurve curve = result.Curves.Curves.Single(one => one.EvalSet == 0 && one.Metric == metric);
        curve.Points[^1].Iteration.ShouldBe(result.TrainedTrees - 1);
        curve.Points[^1].Value.ShouldBe(theirs, 1e-12);
    }

    [Fact]
    public void Train_WithTwoEvalSets_IsJudgedByTheLast()
    {
        TrainingCase given = new("training-numeric", "loss-rmse");
        LearnTable test = given.TestRows(), other = test with { Targets = [[.. test.Labels.Select(label => -label)]] };

        BestIteration ofTest = given.Train(new TrainingRun { EvalSets = [other, test] }).Best!,
            ofOther = given.Train(new TrainingRun { EvalSets = [test, other] }).Best!;

        ofTest.ShouldBe(given.Train(new TrainingRun { EvalSets = [test] }).Best);
        ofOther.Value.ShouldBeGreaterThan(ofTest.Value);
    }

    [Fact]
    public void Train_ToKeepTheBestModelOfNoEvalSet_IsAsWithoutThatWish()
    {
        TrainingCase given = new("training-numeric", "sampling-defaults-220");

        given.Train(set: parameters => parameters with { UseBestModel = true }).Model.LeafValues.ShouldBe(given.Theirs.LeafValues);
    }

    [Fact]
    public void Train_WithAnEvalSetOfOtherColumns_IsWrongUse()
    {
        TrainingCase given = new("training-numeric", "loss-rmse");
        LearnTable test = given.TestRows();

        Should.Throw<ArgumentException>(() => given.Train(new TrainingRun { EvalSets = [test with { Columns = [test.Columns[0]] }] }));
    }

    [Fact]
    public void Train_WithAnUnknownMetric_NamesThoseThatThereAre()
    {
        TrainingException refused = Should.Throw<TrainingException>(() => new TrainingCase("training-numeric", "loss-rmse").Train(
            new TrainingRun(), set: parameters => parameters with { EvalMetric = "RMSEE" }));

        refused.Word.ShouldBe("RMSEE");
        refused.Known.ShouldContain("RMSE");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(17)]
    public void Train_ToADepthThatTreesDoNotHave_IsRefused(int depth) =>
        Should.Throw<TrainingException>(() => new TrainingCase("training-numeric", "loss-rmse").Train(
            set: parameters => parameters with { Depth = depth })).Message.ShouldBe($"depth is {depth}; allowed is 0 to 16.");

    [Theory]
    [InlineData("eval_metric", "RMSEE", "RMSEE")]
    [InlineData("custom_metric", "F:betta=2", "betta")]
    public void Read_OfAnUnknownMetric_RefusesItBeforeThereAreRows(string name, string metric, string unknown) =>
        Should.Throw<TrainingException>(() => FitParameters.Read(new JsonObject { [name] = metric, ["loss_function"] = "RMSE" }))
            .Word.ShouldBe(unknown);
}
