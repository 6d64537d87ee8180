using BatchScoring.Models;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>Trainings that start from given values instead of a constant.</summary>
public sealed class StartValuesTests
{
    private const string Kind = "training-numeric";

    [Theory]
    [InlineData("loss-poisson")]
    [InlineData("leaf-newton-10")]
    public void Train_WithBaselineOfZeros_IsTheModelWithoutOne(string name)
    {
        TrainingCase given = new(Kind, name);

        TrainingResult result = given.Train(change: table => table with { Baseline = [new float[table.Rows]] });

        result.Model.LeafValues.ShouldBe(given.Theirs.LeafValues);
    }

    [Fact]
    public void Train_WhenTheBaselineIsTheLabel_HasNothingToLearn()
    {
        TrainingResult result = new TrainingCase(Kind, "loss-rmse").Train(
            change: table => table with { Baseline = [table.Labels] },
            set: parameters => parameters with { BootstrapType = BootstrapType.No });

        result.Model.LeafValues.ShouldAllBe(value => value == 0);
        result.Model.Bias.Sum().ShouldBe(0);
    }

    [Fact]
    public void Train_FromAModelOfOtherColumns_IsRefused()
    {
        CatBoostModel other = new TrainingCase(Kind, "loss-poisson").Theirs;

        TrainingException refused = Should.Throw<TrainingException>(() => new TrainingCase(Kind, "leaf-newton-10").Train(
            new TrainingRun { InitModel = other }, table => table with { Columns = [.. table.Columns.Reverse()] }));

        refused.Fault.ShouldBe(TrainingFault.Start);
        refused.Message.ShouldContain(other.FloatFeatures[0].Id);
    }

    [Fact]
    public void Train_FromAModelOfDeeperTreesThanAreTrained_IsRefused()
    {
        const int Depth = 17;
        TrainingCase given = new(Kind, "leaf-newton-10");
        CatBoostModel deep = new(new CatBoostModelParts
        {
            FloatFeatures = [new FloatFeature { Index = 0, FlatIndex = 0, Borders = [1] }],
            Symmetric = new SymmetricTrees { Depths = [Depth], Splits = [.. new int[Depth]] },
            LeafValues = [.. new double[1 << Depth]],
        });

        TrainingException refused = Should.Throw<TrainingException>(() => given.Train(new TrainingRun { InitModel = deep }));

        refused.Message.ShouldContain("has a tree of 17 splits; allowed are 16 at most.");
    }

    [Fact]
    public void Train_WithABaselineOfTwoValues_SaysHowManyThereMustBe()
    {
        TrainingException refused = Should.Throw<TrainingException>(() => new TrainingCase(Kind, "loss-rmse").Train(change: table =>
            table with { Baseline = [table.Labels, table.Labels] }));

        refused.Fault.ShouldBe(TrainingFault.Start);
        refused.Message.ShouldContain("has 2 values per row; allowed is 1 for RMSE");
    }

    [Fact]
    public void Train_WithABaselineInTheEvalSetOnly_IsRefused()
    {
        TrainingCase given = new(Kind, "loss-rmse");
        LearnTable test = given.TestRows();

        Should.Throw<TrainingException>(() => given.Train(new TrainingRun { EvalSets = [test with { Baseline = [test.Labels] }] }))
            .Fault.ShouldBe(TrainingFault.Start);
    }

    [Fact]
    public void Train_FromAModelThatShrinks_IsRefused()
    {
        TrainingCase given = new(Kind, "shrink-constant");

        TrainingException refused = Should.Throw<TrainingException>(() => given.Train(new TrainingRun { InitModel = given.Theirs }));

        refused.Message.ShouldBe("model_shrink_rate does not go with init_model. Leave one of them out.");
    }
}
