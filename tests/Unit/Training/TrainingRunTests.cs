using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>A training that is ended early leaves the model of the trees that it had.</summary>
public sealed class TrainingRunTests
{
    private static readonly TrainingCase Given = new("training-numeric", "eval-period-7");

    [Fact]
    public void Train_WhenCancelled_IsTheModelSoFar()
    {
        using CancellationTokenSource signal = new();

        TrainingResult result = Given.Train(
            new TrainingRun { Progress = progress => CancelAfter(progress, 4, signal) }, cancellation: signal.Token);

        result.End.ShouldBe(TrainingEnd.Cancelled);
        result.TrainedTrees.ShouldBe(5);
        ShouldBeFirstTrees(result.Model);
    }

    [Fact]
    public void Train_WhenTimeIsOver_IsTheModelSoFar()
    {
        SteppedTime time = new();

        TrainingResult result = Given.Train(new TrainingRun
        {
            Time = time,
            TimeLimit = TimeSpan.FromSeconds(10),
            Progress = _ => time.Advance(TimeSpan.FromSeconds(3)),
        });

        result.End.ShouldBe(TrainingEnd.TimeLimit);
        result.TrainedTrees.ShouldBe(4);
        ShouldBeFirstTrees(result.Model);
    }

    [Fact]
    public void Train_CancelledBeforeTheFirstTree_HasNoModel()
    {
        using CancellationTokenSource signal = new();
        signal.Cancel();

        Should.Throw<OperationCanceledException>(() => Given.Train(cancellation: signal.Token));
    }

    [Fact]
    public void Train_ToTheEnd_TellsWhatIsLeft()
    {
        SteppedTime time = new();
        List<TrainingProgress> told = [];

        Given.Train(new TrainingRun
        {
            Time = time,
            Progress = progress =>
            {
                told.Add(progress);
                time.Advance(TimeSpan.FromSeconds(2));
            },
        });

        told.Count.ShouldBe(40);
        told[10].Passed.ShouldBe(TimeSpan.FromSeconds(20));
        told[10].Remaining.ShouldBe(TimeSpan.FromSeconds(20 * 29 / 11.0), TimeSpan.FromMilliseconds(1));
        told.Where(progress => progress.IsPeriod).Select(progress => progress.Iteration).ShouldBe([0, 7, 14, 21, 28, 35, 39]);
        told[1].Metrics.ShouldBeEmpty();
    }

    [Fact]
    public void Train_WhenLeavesOverflow_KeepsTheTreesBefore()
    {
        TrainingResult result = new TrainingCase("training-numeric", "loss-rmse").Train(set: parameters =>
            parameters with { LearningRate = 1e38f, BootstrapType = BootstrapType.No, RandomStrength = 0, Iterations = 50 });

        result.End.ShouldBe(TrainingEnd.Degenerate);
        result.Model.TreeCount.ShouldBeInRange(1, 49);
        result.Model.LeafValues.ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void Train_WithSeveralStepsOfSeveralOutputs_NeverRaisesTheLoss()
    {
        TrainingCase given = new("training-numeric", "loss-multiclass");

        TrainingResult result = given.Train(new TrainingRun(), set: parameters => parameters with
        {
            LeafEstimationIterations = 5,
            LearningRate = 1,
            L2LeafReg = 0,
            Iterations = 30,
        });

        double[] losses = [.. result.Curves.Curves[0].Points.Select(point => point.Value)];
        losses.Zip(losses.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1e-9);
    }

    private static void CancelAfter(TrainingProgress progress, int iteration, CancellationTokenSource signal)
    {
        if (progress.Iteration == iteration) signal.Cancel();
    }

    /// <summary>The best model of the trees so far has the first ones of CatBoost's whole model.</summary>
    private static void ShouldBeFirstTrees(CatBoostModel model)
    {
        model.TreeCount.ShouldBeGreaterThan(0);
        model.LeafValues.ShouldBe(Given.Theirs.LeafValues.Take(model.LeafValues.Length));
        model.Symmetric!.Depths.ShouldBe(Given.Theirs.Symmetric!.Depths.Take(model.TreeCount));
    }
}
