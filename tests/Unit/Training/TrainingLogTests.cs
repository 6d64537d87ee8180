using System.Globalization;
using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>The files and lines in which a training is told of, beside those that CatBoost wrote of the same training.</summary>
public sealed partial class TrainingLogTests : IDisposable
{
    /// <summary>What CatBoost's own log says had passed after each iteration.</summary>
    private static readonly double[] Passed = [0.0560323, 0.0561, 0.0562620, 0.0563, 0.0564702];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("learn_error.tsv")]
    [InlineData("test_error.tsv")]
    [InlineData("time_left.tsv")]
    [InlineData("catboost_training.json")]
    public void Train_WithTrainDirectory_WritesTheFilesOfCatBoost(string name)
    {
        TrainingCase given = new("training-numeric", "logs-tiny");

        given.Train(new TrainingRun { TrainDirectory = _folder.Path, Time = new Recorded() });

        Comparable(File.ReadAllText(Path.Combine(_folder.Path, name))).ShouldBe(
            Comparable(File.ReadAllText(Path.Combine(given.Folder, "logs", name))));
    }

    [Fact]
    public void Train_WhileItRuns_KeepsTheJsonLogWhole()
    {
        int read = 0;

        new TrainingCase("training-numeric", "logs-tiny").Train(new TrainingRun
        {
            TrainDirectory = _folder.Path,
            Progress = progress =>
            {
                using FileStream file = new(
                    Path.Combine(_folder.Path, "catboost_training.json"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var log = System.Text.Json.JsonDocument.Parse(file);
                log.RootElement.GetProperty("iterations").GetArrayLength().ShouldBe((progress.Iteration / 2) + 1);
                read++;
            },
        });

        read.ShouldBe(5);
    }

    [Fact]
    public void Train_WhenTheTrainDirectoryIsAFile_SaysSo()
    {
        string file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");

        TrainingException refused = Should.Throw<TrainingException>(() => new TrainingCase("training-numeric", "logs-tiny").Train(
            new TrainingRun { TrainDirectory = file }));

        refused.Fault.ShouldBe(TrainingFault.Files);
        refused.Message.ShouldContain(file);
    }

    [Fact]
    public void Train_WithTwoEvalSets_NumbersTheColumnsOfTheFirst()
    {
        TrainingCase given = new("training-numeric", "loss-rmse");

        given.Train(new TrainingRun { TrainDirectory = _folder.Path, EvalSets = [given.TestRows(), given.TestRows()] });

        File.ReadLines(Path.Combine(_folder.Path, "test_error.tsv")).First().ShouldBe("iter\tRMSE:0\tRMSE");
        File.ReadAllText(Path.Combine(_folder.Path, "catboost_training.json")).ShouldContain("""{"test_sets":["test","test1"],""");
    }

    [Fact]
    public void Line_OfTheFirstIteration_ReadsAsCatBoostsOwn()
    {
        List<string> lines = [];

        TrainingResult result = new TrainingCase("training-numeric", "logs-tiny").Train(new TrainingRun
        {
            Time = new Recorded(),
            Progress = progress => lines.Add(TrainingConsole.Line(progress)),
        });

        lines[0].ShouldBe("0:\tlearn: 0.6467577\ttest: 0.6491134\tbest: 0.6491134 (0)\ttotal: 56ms\tremaining: 224ms");
        TrainingConsole.Summary(result).ShouldBe(["", "bestTest = 0.570609099", "bestIteration = 4", ""]);
    }

    [Fact]
    public void Summary_WhenTreesAreLeftOut_SaysHowManyStay()
    {
        TrainingResult result = new TrainingCase("training-numeric", "eval-min-trees").Train();

        TrainingConsole.Summary(result).Last().ShouldBe("Shrink model to first 25 iterations.");
    }

    /// <summary>Times have seven digits here and ten there.</summary>
    private static string Comparable(string text) => Times().Replace(text, match => match.Groups["name"].Value
        + double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture).ToString("G5", CultureInfo.InvariantCulture));

    [GeneratedRegex("""(?<name>"(passed|remaining)_time":)(?<number>[0-9.e-]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Times();

    /// <summary>The clock of the recorded training: asked once at the start, then once an iteration.</summary>
    private sealed class Recorded : TimeProvider
    {
        private int _asked;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _asked++ == 0 ? 0 : (long)(Passed[_asked - 2] * TimeSpan.TicksPerSecond);
    }
}
