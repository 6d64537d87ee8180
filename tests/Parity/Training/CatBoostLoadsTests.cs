using System.Diagnostics;
using System.Globalization;
using System.Text;
using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Training;

namespace BatchScoring.Tests.Parity.Training;

/// <summary>What we train, CatBoost itself loads and answers to the bit: its evaluator for Java, of shared/peers.</summary>
public sealed class CatBoostLoadsTests : IDisposable
{
    private const int Rows = 600, Numbers = 3;
    private const int Seed = 20261129;

    private static readonly string _peers = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "peers"));

    private readonly TemporaryFolder _folder = new();
    private readonly string[][] _cells = [.. Enumerable.Range(0, Numbers + 2).Select(Cells)];

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Train_AnyKindOfModel_LoadsInCatBoostAndAnswersTheSameBits()
    {
        string[] classPath = ClassPath();
        Dictionary<string, CatBoostModel> models = new(StringComparer.Ordinal)
        {
            ["numeric"] = Train(Numbers, new TrainingParameters { Iterations = 40 }),
            ["regression"] = Train(Numbers, new TrainingParameters { Iterations = 40, Loss = LossFunction.RMSE }),
            ["multi-class"] = Train(Numbers, new TrainingParameters { Iterations = 20, Loss = LossFunction.MultiClass }),
            ["one-hot"] = Train(_cells.Length, new TrainingParameters { Iterations = 40, OneHotMaxSize = 50 }),
            ["ctr"] = Train(_cells.Length, new TrainingParameters { Iterations = 40, MaxCtrComplexity = 3 }),
        };
        models["ctr"].CtrFeatures.ShouldContain(ctr => ctr.Key.Combination.Length > 1, "the model has no combinations to test");
        models["one-hot"].OneHotFeatures.ShouldNotBeEmpty();
        foreach ((string name, CatBoostModel model) in models) Write(name, model);

        Ask(classPath, models.Keys);

        foreach ((string name, CatBoostModel model) in models)
            File.ReadAllLines(_folder.File(name, "answers.txt")).ShouldBe(Ours(model), $"{name}, seed {Seed}");
    }

    private static string[] ClassPath()
    {
        string spark = TestCluster.Require("spark-3.5.8", "jars");
        bool there = Directory.Exists(_peers);
        if (!there && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"{_peers} is not here.");
        Skip.IfNot(there, $"CatBoost's evaluator for Java is not here: {_peers}");
        return [.. Directory.GetFiles(_peers, "*.jar"), Path.Combine(spark, "*")];
    }

    /// <summary>Numbers, some missing; then categories, few and many.</summary>
    private static string[] Cells(int column)
    {
        Random random = new(Seed + column);
        return [.. Enumerable.Range(0, Rows).Select(_ => column < Numbers
            ? random.Next(10) == 0 ? "" : random.NextSingle().ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"ä{random.Next(column == Numbers ? 4 : 30)}"))];
    }

    private CatBoostModel Train(int columns, TrainingParameters parameters) => CatBoostTrainer.Train(
        new LearnTable([.. Enumerable.Range(0, columns).Select(Column)], Labels(parameters.Loss.Function)), parameters).Model;

    private LearnColumn Column(int column)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"c{column}");
        return column < Numbers ? new NumericColumn(name, [.. _cells[column].Select(Number)])
            : new CategoryColumn(name, [.. _cells[column].Select(Hash)]);
    }

    private float[] Labels(LossFunction loss)
    {
        Random random = new(Seed);
        return [.. Enumerable.Range(0, Rows).Select(row =>
        {
            float first = Number(_cells[0][row]);
            float value = (float.IsNaN(first) ? 0.3f : first) + (_cells[Numbers][row] == _cells[Numbers][0] ? 0.4f : 0)
                + (_cells[Numbers + 1][row][^1] % 3 * 0.2f) + (random.NextSingle() * 0.3f);
            return loss switch { LossFunction.RMSE => value, LossFunction.MultiClass => (int)(value * 2) % 3, _ => value > 0.8f ? 1 : 0 };
        })];
    }

    private void Write(string name, CatBoostModel model)
    {
        Directory.CreateDirectory(_folder.File(name));
        File.WriteAllBytes(_folder.File(name, "model.cbm"), model.ToCbm());
        int columns = model.FloatFeatures.Length + model.CategoricalFeatures.Length;
        File.WriteAllLines(_folder.File(name, "rows.tsv"), Enumerable.Range(0, Rows)
            .Select(row => string.Join('\t', _cells.Take(columns).Select(cells => cells[row])))
            .Prepend(Numbers.ToString(CultureInfo.InvariantCulture)));
    }

    private void Ask(string[] classPath, IEnumerable<string> names)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Training", "RawValues.java");
        using Process java = Process.Start(new ProcessStartInfo("java",
            ["-cp", string.Join(':', classPath), program, .. names.Select(name => _folder.File(name))])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        string errors = java.StandardError.ReadToEnd();
        java.WaitForExit();
        java.ExitCode.ShouldBe(0, errors);
    }

    private string[] Ours(CatBoostModel model)
    {
        RowScorer scorer = new(model);
        double[] raw = new double[model.OutputCount];
        return [.. Enumerable.Range(0, Rows).Select(row =>
        {
            scorer.Score([.. Used(ModelInputKind.Numeric).Select(cells => Number(cells[row]))],
                [.. Used(ModelInputKind.Categorical).Select(cells => Hash(cells[row]))], raw);
            return string.Join(' ', raw.Select(BitConverter.DoubleToInt64Bits));
        })];

        IEnumerable<string[]> Used(ModelInputKind kind) =>
            model.Inputs.Where(input => input.Kind == kind).Select(input => _cells[input.Position]);
    }

    private static float Number(string text) => text.Length == 0 ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture);

    private static int Hash(string text) => CategoryHash.Of(Encoding.UTF8.GetBytes(text));
}
