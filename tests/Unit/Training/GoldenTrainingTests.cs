using System.Globalization;
using System.Text.Json;
using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>CatBoost's own models, trained again here: the same borders, splits and order, leaf values and weights, bit for bit.</summary>
public sealed class GoldenTrainingTests
{
    private static readonly Lazy<Dictionary<string, string[]>> Credit = new(Read);

    [Theory]
    [InlineData("logloss-numeric")]
    [InlineData("logloss-depth-4-l2-10")]
    [InlineData("logloss-balanced")]
    [InlineData("rmse-numeric")]
    public void Train_GoldenCase_IsTheSameModel(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.Data("golden", "training", name, "case.json")));
        JsonElement given = document.RootElement, set = given.GetProperty("params");
        string target = given.GetProperty("target").GetString()!;
        LearnTable table = new(
            [.. given.GetProperty("features").EnumerateArray().Select(feature => feature.GetString()!).Select(feature =>
                new NumericColumn(feature, Column(feature, 1)))],
            target.EndsWith(" / 1000", StringComparison.Ordinal) ? Column(target[..^7], 1000) : Column(target, 1));

        CatBoostModel ours = CatBoostTrainer.Train(table, new TrainingParameters
        {
            Loss = Loss.Parse(set.GetProperty("loss_function").GetString()!),
            Iterations = set.GetProperty("iterations").GetInt32(),
            Depth = set.GetProperty("depth").GetInt32(),
            LearningRate = set.GetProperty("learning_rate").GetSingle(),
            L2LeafReg = Number(set, "l2_leaf_reg", 3),
            Quantisation = new ColumnQuantisation { BorderCount = (int)Number(set, "border_count", 254) },
            AutoClassWeights = set.TryGetProperty("auto_class_weights", out _) ? AutoClassWeights.Balanced : AutoClassWeights.None,
            BootstrapType = BootstrapType.No,
            RandomStrength = 0,
            LeafEstimationBacktracking = LeafEstimationBacktracking.No,
        }).Model;

        var theirs = CatBoostModel.LoadFile(Repository.Data("golden", "training", name, "model.cbm"));
        ours.FloatFeatures.Select(feature => feature.Borders.AsEnumerable()).ShouldBe(theirs.FloatFeatures.Select(feature =>
            feature.Borders.AsEnumerable()));
        ours.Symmetric!.Depths.ShouldBe(theirs.Symmetric!.Depths);
        ours.Symmetric.Splits.ShouldBe(theirs.Symmetric.Splits);
        Bits(ours.LeafValues).ShouldBe(Bits(theirs.LeafValues));
        ours.LeafWeights.ShouldBe(theirs.LeafWeights);
        ours.Bias.Sum().ShouldBe(theirs.Bias.Sum());
        Bits(CatBoostModel.Load(ours.ToCbm()).LeafValues).ShouldBe(Bits(theirs.LeafValues), "written and read again");
    }

    private static long[] Bits(IEnumerable<double> values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];

    private static float Number(JsonElement set, string name, float usual) => set.TryGetProperty(name, out JsonElement value)
        ? value.GetSingle() : usual;

    /// <summary>A column of the rows that are learned from.</summary>
    private static float[] Column(string name, double divisor) =>
        [.. Credit.Value[name].Select(cell => (float)(double.Parse(cell, CultureInfo.InvariantCulture) / divisor))];

    private static Dictionary<string, string[]> Read()
    {
        string[][] lines = [.. File.ReadLines(Repository.Data("UCI_Credit_Card.csv")).Select(line => line.Split(','))];
        string[] names = [.. lines[0].Select(name => name.Trim('"', '\uFEFF'))];
        int id = Array.IndexOf(names, "ID");
        string[][] learned = [.. lines.Skip(1).Where(line => int.Parse(line[id], CultureInfo.InvariantCulture) % 5 != 0)];
        return Enumerable.Range(0, names.Length).ToDictionary(column => names[column], column =>
            learned.Select(line => line[column]).ToArray());
    }
}
