using BatchScoring.Models;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Models;

public sealed class ModelSummaryTests
{
    private static ModelSummary Summary(string name) => ModelSummary.Of(File.ReadAllBytes(Repository.Data("golden", "catboost", name, "model.cbm")));

    [Fact]
    public void Of_CtrModel_CountsFeaturesTreesAndParameters()
    {
        ModelSummary summary = Summary("categorical-ctr-all");
        summary.Sha256.ShouldBe("b991ecf4d8328019c966d74e950c3dbe8bc19699be9257fa57715c982668e5a8");
        summary.TreeCount.ShouldBe(150);
        summary.TreesByDepth.Values.Sum().ShouldBe(150);
        summary.Features.Length.ShouldBe(23);
        summary.Features.Count(feature => feature.Kind == ModelInputKind.Categorical).ShouldBe(9);
        summary.CtrsByType.Keys.ShouldBe([CtrType.Borders, CtrType.Buckets, CtrType.BinarizedTargetMeanValue, CtrType.Counter], ignoreOrder: true);
        summary.Loss.ShouldBe("Logloss");
        summary.Labels!.Texts.ShouldBe(["0", "1"]);
        summary.Parameters.ShouldContain(KeyValuePair.Create("iterations", "150"));
        summary.TrainedAt.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Of_DepthwiseModel_MeasuresTheTrees()
    {
        ModelSummary summary = Summary("depthwise");
        summary.IsSymmetric.ShouldBeFalse();
        summary.TreesByDepth.Keys.Max().ShouldBeInRange(2, 16);
        summary.TreesByDepth.Values.Sum().ShouldBe(summary.TreeCount);
    }

    [Fact]
    public void Of_Regression_HasNoLabels() => Summary("regression-rmse").Labels.ShouldBeNull();
}
