using BatchScoring.Tests.Testing;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>A training that was ended goes on to the very model that it would have become, or says why it cannot.</summary>
public sealed class SnapshotTests : IDisposable
{
    private const string Numeric = "training-numeric", Categorical = "training-categorical";
    private readonly TemporaryFolder _folder = new();

    private string Snapshot => Path.Combine(_folder.Path, "snapshot");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Numeric, "leaf-newton-10")]
    [InlineData(Numeric, "loss-multiclass")]
    [InlineData(Numeric, "loss-rmse")]
    [InlineData(Numeric, "sampling-bayesian-2")]
    [InlineData(Numeric, "shrink-constant")]
    [InlineData(Numeric, "eval-early-stop-auc")]
    [InlineData(Numeric, "continue-logloss")]
    [InlineData(Numeric, "onehot-shuffled")]
    [InlineData(Categorical, "c1-noise-combinations-tiny")]
    [InlineData(Categorical, "b2-permutation-blocks-backtracking")]
    public void Train_KilledAtRandomMoments_BecomesTheSameModel(string kind, string name)
    {
        TrainingCase given = new(kind, name);
        const int seed = 14;
        int kills = 0;
        System.Random random = new(seed);
        TrainingResult? result = null;

        while (result is null)
        {
            int lives = 1 + random.Next(8);
            try
            {
                result = given.Train(new TrainingRun
                {
                    SnapshotFile = Snapshot,
                    SnapshotInterval = TimeSpan.Zero,
                    Progress = _ => { if (lives-- == 0) throw new KilledException(); },
                });
            }
            catch (KilledException)
            {
                kills++;
            }
        }

        kills.ShouldBeGreaterThan(0, $"seed {seed}");
        result.Model.ToCbm().ShouldBe(given.Train(new TrainingRun()).Model.ToCbm(), $"seed {seed}");
        result.Model.LeafValues.ShouldBe(given.Theirs.LeafValues, $"seed {seed}");
    }

    [Fact]
    public void Train_CancelledAndGoneOn_HasTheWholeLog()
    {
        TrainingCase given = new(Numeric, "eval-period-7");
        using CancellationTokenSource signal = new();
        string Log(string name) => File.ReadAllText(Path.Combine(_folder.Path, name, "test_error.tsv"));
        TrainingRun Run(string log) => new() { SnapshotFile = Snapshot, TrainDirectory = Path.Combine(_folder.Path, log) };
        given.Train(new TrainingRun { TrainDirectory = Path.Combine(_folder.Path, "at-once") });

        given.Train(
            Run("first") with { Progress = progress => { if (progress.Iteration == 17) signal.Cancel(); } }, cancellation: signal.Token);
        int told = 0;
        TrainingResult result = given.Train(Run("second") with { Progress = _ => told++ });

        told.ShouldBe(22);
        result.TrainedTrees.ShouldBe(40);
        Log("second").ShouldBe(Log("at-once"));
    }

    [Theory]
    [InlineData("loss-rmse")]
    [InlineData("loss-multiclass")]
    public void Train_ToMoreIterations_IsTheModelOfAllAtOnce(string name)
    {
        TrainingCase given = new(Numeric, name);
        TrainingRun run = new() { SnapshotFile = Snapshot };
        int half = given.Theirs.TreeCount / 2;

        given.Train(run, set: parameters => parameters with { Iterations = half }).Model.TreeCount.ShouldBe(half);

        given.Train(run).Model.LeafValues.ShouldBe(given.Theirs.LeafValues);
    }

    [Fact]
    public void Train_WithLabelsOfAnother_IsRefused()
    {
        TrainingCase given = new(Numeric, "leaf-newton-10");
        TrainingRun run = new() { SnapshotFile = Snapshot };
        given.Train(run);

        TrainingException refused = Should.Throw<TrainingException>(() => given.Train(run, table => table with
        {
            Targets = [[1 - table.Labels[0], .. table.Labels.Skip(1)]],
        }));

        refused.Fault.ShouldBe(TrainingFault.Start);
        refused.Message.ShouldContain("made of other rows");
    }

    [Fact]
    public void Train_WithAnotherDepth_SaysSo()
    {
        TrainingCase given = new(Numeric, "leaf-newton-10");
        TrainingRun run = new() { SnapshotFile = Snapshot };
        given.Train(run);

        TrainingException refused = Should.Throw<TrainingException>(() =>
            given.Train(run, set: parameters => parameters with { Depth = 1 }));

        refused.Message.ShouldContain("depth = ");
        refused.Message.ShouldContain("this training has 1");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(-1)]
    public void Train_FromADamagedSnapshot_IsRefused(int position)
    {
        TrainingCase given = new(Numeric, "leaf-newton-10");
        TrainingRun run = new() { SnapshotFile = Snapshot };
        given.Train(run);
        byte[] bytes = File.ReadAllBytes(Snapshot);
        bytes[position < 0 ? ^1 : position] ^= 1;
        File.WriteAllBytes(Snapshot, bytes);

        Should.Throw<TrainingException>(() => given.Train(run)).Message.ShouldContain("is no whole snapshot");
    }

    [Fact]
    public void Train_WithAnUnfinishedSnapshotBesideTheOldOne_GoesOnFromTheOldOne()
    {
        TrainingCase given = new(Numeric, "leaf-newton-10");
        TrainingRun run = new() { SnapshotFile = Snapshot };
        given.Train(run);
        File.WriteAllText(Snapshot + ".new", "half");

        given.Train(run).Model.LeafValues.ShouldBe(given.Theirs.LeafValues);
    }

    [Fact]
    public void Train_WithNoFolderForTheSnapshot_SaysSoBeforeItTrains()
    {
        string file = Path.Combine(_folder.Path, "nowhere", "snapshot");
        int told = 0;

        TrainingException refused = Should.Throw<TrainingException>(() => new TrainingCase(Numeric, "leaf-newton-10").Train(
            new TrainingRun { SnapshotFile = file, Progress = _ => told++ }));

        refused.Fault.ShouldBe(TrainingFault.Files);
        refused.Message.ShouldContain("There is no folder");
        told.ShouldBe(0);
    }

    private sealed class KilledException : Exception;
}
