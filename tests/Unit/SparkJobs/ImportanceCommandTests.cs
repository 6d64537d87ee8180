using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class ImportanceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private static string Model => Repository.Data("golden", "catboost", "numeric-binary", "model.cbm");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Importance_WithRows_TellsCatBoostsNumbersLargestLossFirst()
    {
        (await RunAsync("--model", Model, "--input", Rows(label => label), "--label", "label", "--format", "json")).ShouldBe(0);

        JsonArray features = JsonNode.Parse(_output.ToString())!["features"]!.AsArray();
        var golden = GoldenImportance.Load("numeric-binary");
        double[] losses = golden.Column("LossFunctionChange")!, values = golden.Column("PredictionValuesChange")!;
        features.Select(feature => (double)feature!["LossFunctionChange"]!).ShouldBe(losses.OrderDescending(), 1e-9);
        features.Select(feature => (double)feature!["PredictionValuesChange"]!).Order().ShouldBe(values.Order(), 1e-7);
        ((string)features[0]!["name"]!).ShouldBe("PAY_0");
    }

    /// <summary>Losses of other kinds, on the rows that the model learned from; the table is Parquet.</summary>
    [Theory]
    [InlineData("loss-rmse")]
    [InlineData("loss-poisson")]
    [InlineData("loss-multiclass")]
    [InlineData("onehot-time")]
    [InlineData("sampling-defaults-220")]
    public async Task Importance_OnLearnRows_IsCatBoosts(string name)
    {
        string folder = Repository.Data("training-numeric", name), rows = _folder.File("rows.parquet");
        JsonNode given = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "case.json")))!;
        JsonNode golden = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "importance.json")))!;
        using (var database = DuckDatabase.Open())
        using (DuckConnection duck = database.Connect())
            duck.Execute($"COPY (SELECT * FROM '{Path.Combine(folder, (string)given["table"]!)}' WHERE {given["learn"]}) TO '{rows}'");

        (await RunAsync("--model", Path.Combine(folder, "model.cbm"), "--input", rows, "--label", (string)given["label"]!, "--format", "json"))
            .ShouldBe(0, _errors.ToString());

        JsonNode told = JsonNode.Parse(_output.ToString())!;
        string[] names = [.. golden["features"]!.AsArray().Select(feature => (string)feature!)];
        foreach ((string figure, string theirs) in new[]
        {
            ("PredictionValuesChange", "PredictionValuesChange"), ("LossFunctionChange", "LossFunctionChange_on_learn_rows"),
        })
        {
            var ours = told["features"]!.AsArray().ToDictionary(feature => (string)feature!["name"]!, feature => (double)feature![figure]!);
            names.Select(feature => ours[feature]).ShouldBe(golden[theirs]!.AsArray().Select(Number), 1e-7);
        }

        if (name == "loss-multiclass") return; // its pairs are rounding errors
        var pairs = told["Interaction"]!.AsArray().ToDictionary(pair => ((string)pair!["first"]!, (string)pair["second"]!), pair =>
            (double)pair!["percent"]!);
        foreach (JsonArray pair in golden["Interaction"]!.AsArray().Select(pair => pair!.AsArray()))
            pairs[(names[(int)pair[0]!], names[(int)pair[1]!])].ShouldBe(Number(pair[2]), 1e-7);
    }

    [Fact]
    public async Task Importance_WithoutRows_IsATableOfValuesAndPairs()
    {
        (await RunAsync("--model", Model)).ShouldBe(0);

        _output.ToString().ShouldContain("PAY_0                     17.9239\n");
        _output.ToString().ShouldContain("BILL_AMT1  PAY_0       1.6266\n");
    }

    [Fact]
    public async Task Importance_OfMultiClass_TellsNoPairsUnlessCorrected()
    {
        string model = Repository.Data("golden", "catboost", "multiclass", "model.cbm");

        (await RunAsync("--model", model)).ShouldBe(0);
        _output.ToString().ShouldNotContain("percent");
        _errors.ToString().ShouldContain("--corrected");

        (await RunAsync("--model", model, "--corrected")).ShouldBe(0);
        _output.ToString().ShouldContain("percent");
    }

    [Theory]
    [InlineData("7", "The label 'label' of data row 3 is '7'; the model takes one of 0, 1.")]
    [InlineData("", "The label 'label' of data row 3 is missing; the model takes one of 0, 1.")]
    public async Task Importance_UnknownLabel_IsRefused(string label, string says)
    {
        int row = 0;
        (await RunAsync("--model", Model, "--input", Rows(known => row++ == 2 ? label : known), "--label", "label")).ShouldBe(65);

        _errors.ToString().ShouldContain(says);
    }

    [Fact]
    public async Task Importance_LabelWithoutRows_IsUsage()
    {
        (await RunAsync("--model", Model, "--label", "label")).ShouldBe(64);

        _errors.ToString().ShouldContain("--input and --label go together");
    }

    private static double Number(JsonNode? text) => double.Parse((string)text!, CultureInfo.InvariantCulture);

    private async Task<int> RunAsync(params string[] options) => await BatchScoreCommand.RunAsync(
        ["importance", .. options], _output, _errors, TimeProvider.System, _ => null);

    /// <summary>The rows of the golden case with their labels.</summary>
    private string Rows(Func<string, string> label)
    {
        string file = Path.Combine(_folder.Path, "rows.csv");
        File.WriteAllLines(file, File.ReadLines(Repository.Data("golden", "catboost", "numeric-binary", "input.csv"))
            .Zip(File.ReadLines(Repository.Data("golden", "explain", "numeric-binary", "labels.csv")))
            .Select((pair, line) => string.Create(CultureInfo.InvariantCulture,
                $"{pair.First},{(line == 0 ? pair.Second : label(pair.Second))}")));
        return file;
    }
}
