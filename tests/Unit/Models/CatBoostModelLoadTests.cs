using BatchScoring.Models;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Models;

public sealed class CatBoostModelLoadTests
{
    [Fact]
    public void Load_MulticlassModel_TellsItsShape()
    {
        var model = CatBoostModel.LoadFile(Repository.Data("golden", "catboost", "multiclass", "model.cbm"));

        model.OutputCount.ShouldBe(3);
        model.TreeCount.ShouldBe(60);
        model.Inputs.Select(input => input.Position).ShouldBeInOrder();
        model.Inputs.ShouldContain(input => input.Name == "AGE" && input.Position == 0 && input.Kind == ModelInputKind.Numeric);
        model.HasFeatureNames.ShouldBeTrue();
        model.Symmetric.ShouldNotBeNull().Depths.Length.ShouldBe(60);
    }

    [Fact]
    public void BinaryFeatureAt_EveryNumber_IsTheThresholdThatStandsThere()
    {
        var model = CatBoostModel.LoadFile(Repository.Data("golden", "catboost", "categorical-ctr-all", "model.cbm"));
        int number = 0;
        for (int feature = 0; feature < model.FloatFeatures.Length; feature++)
            for (int k = 0; k < model.FloatFeatures[feature].Borders.Length; k++)
                model.BinaryFeatureAt(number++).ShouldBe(new BinaryFeature(BinaryFeatureKind.Float, feature, k));
        for (int feature = 0; feature < model.OneHotFeatures.Length; feature++)
            for (int k = 0; k < model.OneHotFeatures[feature].Values.Length; k++)
                model.BinaryFeatureAt(number++).ShouldBe(new BinaryFeature(BinaryFeatureKind.OneHot, feature, k));
        for (int feature = 0; feature < model.CtrFeatures.Length; feature++)
            for (int k = 0; k < model.CtrFeatures[feature].Borders.Length; k++)
                model.BinaryFeatureAt(number++).ShouldBe(new BinaryFeature(BinaryFeatureKind.Ctr, feature, k));
        number.ShouldBe(model.BinaryFeatureCount);
        model.CtrFeatures.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Load_EveryGoldenModel_Succeeds()
    {
        string[] files = Directory.GetFiles(Repository.Data("golden"), "model.cbm", SearchOption.AllDirectories);
        files.Length.ShouldBeGreaterThanOrEqualTo(64);
        foreach (string file in files) CatBoostModel.LoadFile(file).TreeCount.ShouldBeGreaterThan(0, file);
    }
}
