using System.Globalization;
using System.Text.Json;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary>
/// What CatBoost's defaults reach on the credit card table, <c>fit</c> and <c>predict</c> reach, in all digits. <c>BATCHSCORING_FULL=1</c> tries
/// all three seeds.
/// </summary>
public sealed class DefaultsTests : IDisposable
{
    private static readonly int Seeds = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 3 : 1;

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _errors = new();

    public static TheoryData<string, int> Trainings()
    {
        TheoryData<string, int> data = [];
        foreach (string kind in new[] { "numeric", "categorical" })
            for (int seed = 0; seed < Seeds; seed++) data.Add(kind, seed);
        return data;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Trainings))]
    public async Task Fit_Defaults_ReachesWhatCatBoostReaches(string kind, int seed)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.Data("golden", "training", "defaults.json")));
        JsonElement expected = document.RootElement.GetProperty("result").GetProperty(kind);
        string learned = _folder.File("learned.parquet"), others = _folder.File("others.csv"), model = _folder.File("model.cbm");
        CreditTable.Write(learned, CreditTable.Learned);
        CreditTable.Write(others, $"NOT ({CreditTable.Learned})");

        // CatBoost had two threads, which decides some bits.
        await RunAsync("fit", "--input", learned, "--label", CreditTable.Label, "--ignore", "ID", "--cat-features",
            kind == "categorical" ? CreditTable.Categories : "", "--set", $"iterations={expected.GetProperty("iterations")}", "--set", $"random_seed={seed}",
            "--set", "thread_count=2", "--output", model);
        await RunAsync("predict", "--model", model, "--input", others, "--key", "ID", "--output", _folder.File("scores.csv"));

        double[] scores = [.. Cells("scores.csv", 1)];
        bool[] bads = [.. Cells("others.csv", -1).Select(label => label == 1)];
        double auc = expected.GetProperty("AUC")[seed].GetDouble(), logloss = expected.GetProperty("Logloss")[seed].GetDouble();
        // Their sums ran in another order: the sixteenth digit may differ.
        Auc(scores, bads).ShouldBe(auc, 3e-16);
        Logloss(scores, bads).ShouldBe(logloss, 3e-16);
    }

    /// <summary>Pairs that are in order, ties half.</summary>
    private static double Auc(double[] scores, bool[] bads)
    {
        double twice = 0, below = 0;
        foreach (IGrouping<double, (double First, bool Second)> same in scores.Zip(bads).GroupBy(one => one.First).OrderBy(same => same.Key))
        {
            double bad = same.Count(one => one.Second), good = same.Count() - bad;
            twice += bad * ((2 * below) + good);
            below += good;
        }

        return twice / 2 / (below * (scores.Length - below));
    }

    /// <summary>What a sum loses is kept beside it.</summary>
    private static double Logloss(double[] scores, bool[] bads)
    {
        double sum = 0, lost = 0;
        foreach ((double score, bool isBad) in scores.Zip(bads))
        {
            double loss = Math.Log(1 + Math.Exp(isBad ? -score : score)), next = sum + loss;
            lost += sum >= loss ? sum - next + loss : loss - next + sum;
            sum = next;
        }

        return (sum + lost) / scores.Length;
    }

    private IEnumerable<double> Cells(string file, int column) => File.ReadLines(_folder.File(file)).Skip(1).Select(line =>
        double.Parse(line.Split(',')[column < 0 ? ^1 : column], CultureInfo.InvariantCulture));

    private async Task RunAsync(params string[] words) =>
        (await BatchScoreCommand.RunAsync(words, TextWriter.Null, _errors, TimeProvider.System, _ => null)).ShouldBe(0, _errors.ToString());
}
