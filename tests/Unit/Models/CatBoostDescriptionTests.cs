using BatchScoring.Models;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Models;

public sealed class CatBoostDescriptionTests
{
    private static CatBoostDescription Describe(string name) =>
        CatBoostModel.LoadFile(Repository.Data("golden", "catboost", name, "model.cbm")).Describe();

    [Fact]
    public void Describe_CtrModel_CountsFeaturesTreesAndParameters()
    {
        CatBoostDescription model = Describe("categorical-ctr-all");
        model.TreeCount.ShouldBe(150);
        model.TreesByDepth.Values.Sum().ShouldBe(150);
        model.Features.Length.ShouldBe(23);
        model.Features.Count(feature => feature.Kind == ModelInputKind.Categorical).ShouldBe(9);
        model.CtrsByType.Keys.ShouldBe([CtrType.Borders, CtrType.Buckets, CtrType.BinarizedTargetMeanValue, CtrType.Counter],
            ignoreOrder: true);
        model.Loss.ShouldBe("Logloss");
        model.Labels!.Texts.ShouldBe(["0", "1"]);
        model.Parameters.ShouldContain(KeyValuePair.Create("iterations", "150"));
        model.TrainedAt.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Describe_DepthwiseModel_MeasuresTheTrees()
    {
        CatBoostDescription model = Describe("depthwise");
        model.IsSymmetric.ShouldBeFalse();
        model.TreesByDepth.Keys.Max().ShouldBeInRange(2, 16);
        model.TreesByDepth.Values.Sum().ShouldBe(model.TreeCount);
    }

    [Fact]
    public void Describe_Regression_HasNoLabels() => Describe("regression-rmse").Labels.ShouldBeNull();
}
