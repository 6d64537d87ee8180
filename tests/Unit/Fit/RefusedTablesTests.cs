using System.Text.Json.Nodes;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary>
/// Labels, weights, rows and eval sets that CatBoost was tried with: <c>fit</c> takes what it takes, refuses what it refuses, and says of
/// every refusal what was found.
/// </summary>
public sealed class RefusedTablesTests : IDisposable
{
    private const string Usual = "(i * 37 % 101 + i * 53 % 97 * 0.3 > 60)::INTEGER";
    private const string Features = "(i * 37 % 101)::FLOAT AS x0, (i * 53 % 97)::FLOAT AS x1, "
        + "CASE WHEN i % 9 > 0 THEN (i % 13)::FLOAT END AS x2, (i % 7)::FLOAT AS x3";

    private static readonly Dictionary<string, Tried> Tables = new(StringComparer.Ordinal)
    {
        ["label: one class"] = new("All labels are 1; a model learns from at least two classes.", Label: "1"),
        ["label: three classes"] = new("There are 3 different labels (0, 1, 2), and the loss Logloss has two classes.", Label: "i % 3"),
        ["label: labels with NaN"] = new("data row 6: the label is missing.", Label: "CASE WHEN i = 5 THEN 'nan'::FLOAT ELSE i % 2 END"),
        ["label: labels with infinity"] = new("the label is infinite.", Label: "CASE WHEN i = 5 THEN 'inf'::FLOAT ELSE i END"),
        ["label: equal targets"] = new("All labels in the column 'y' are 1; there is nothing to learn.", Label: "1.0::FLOAT"),
        ["label: target above 1"] = new("holds 1.2; the loss CrossEntropy wants probabilities from 0 to 1.", Label: "(i % 2 * 1.2)::FLOAT"),
        ["label: negative target"] = new(Label: "(i % 5 - 1)::FLOAT"),
        ["label: texts"] = new("the label is 'yes', and the loss wants a number.", Label: "CASE WHEN i % 2 = 0 THEN 'yes' ELSE 'no' END"),
        ["label: number texts"] = new(Label: "(i % 7)::VARCHAR"),
        ["label: fractions"] = new(Label: "(i % 3 + 0.5)::FLOAT"),
        ["label: negative classes"] = new(Label: "i % 3 - 1"),
        // For CatBoost None is a third class.
        ["label: None"] = new("data row 6: the label is missing.", Label: "CASE WHEN i <> 5 THEN i % 2 END"),
        ["weights: negative"] = new("data row 4: the weight is -1; it must be a number from 0.", Weight: "CASE WHEN i = 3 THEN -1 ELSE 1 END"),
        ["weights: NaN"] = new("data row 4: the weight is missing", Weight: "CASE WHEN i = 3 THEN 'nan'::FLOAT ELSE 1 END"),
        ["weights: all zero"] = new("All weights in the column 'w' are 0", Weight: "0"),
        ["weights: infinite"] = new("data row 4: the weight is Infinity", Weight: "CASE WHEN i = 3 THEN 'inf'::FLOAT ELSE 1 END"),
        ["weights: huge"] = new(Weight: "1e30::FLOAT"),
        ["data: all columns constant"] = new("Every column has one value only, or is ignored", Features: "1 AS x0, 2 AS x1"),
        ["data: all missing"] = new(Features: "NULL::FLOAT AS x0, NULL::FLOAT AS x1"),
        ["data: no rows"] = new("There is no row to learn from.", Rows: 0),
        ["data: one row"] = new("there is nothing to learn", Rows: 1),
        ["data: two rows"] = new(Label: "i", Rows: 2),
        ["eval set: unseen class"] = new("The label 2 of an eval set is none that rows are learned from (0, 1).", Eval: $"{Features}, i % 3 AS y"),
        ["eval set: one class"] = new(Eval: $"{Features}, 1 AS y"),
        ["eval set: one class, AUC"] = new(Eval: $"{Features}, 1 AS y"),
        ["eval set: fewer columns"] = new("has no column x2.", Eval: $"* EXCLUDE x2 FROM (SELECT {Features}, i % 2 AS y"),
        // CatBoost takes columns by their places; here they are found by name, so this one is taken.
        ["eval set: other order of columns"] = new(Eval: $"x1, x0, x2, x3, y FROM (SELECT {Features}, i % 2 AS y", IsTakenHere: true),
        ["eval set: constant target"] = new(Eval: $"{Features}, 1 AS y"),
        ["""{"use_best_model":true}"""] = new("use_best_model is true, and there is no eval set"),
        ["""{"nan_mode":"Forbidden"}"""] = new("The column 'x2' has missing values, and nan_mode is Forbidden."),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(), _errors = new();

    public static TheoryData<string, string, bool> Lines()
    {
        TheoryData<string, string, bool> data = [];
        foreach (RefusalLine line in RefusalLine.All.Where(RefusalsTests.IsOfTheCommand)) data.Add(line.What, line.Parameters, line.IsAccepted);
        return data;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryLine_IsTried() => (Lines().Count + RefusalsTests.Parameters().Count).ShouldBe(234);

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Fit_Table_IsTakenOrRefusedAsThere(string what, string parameters, bool isAccepted)
    {
        Tried tried = Tables[what == "combination" ? parameters : what];
        JsonObject given = JsonNode.Parse(parameters)!.AsObject();
        given["iterations"] = 3;
        string input = _folder.File("rows.parquet"), eval = _folder.File("eval.parquet"), output = _folder.File("model.cbm");
        string settings = _folder.File("params.json");
        await File.WriteAllTextAsync(settings, given.ToJsonString(), CancellationToken.None);
        Write(input, $"{tried.Features ?? Features}, {tried.Label ?? Usual} AS y{(tried.Weight is null ? "" : $", {tried.Weight} AS w")}", tried.Rows);
        List<string> words = ["fit", "--input", input, "--label", "y", "--params", settings, "--output", output];
        if (tried.Weight is not null) words.AddRange(["--weight", "w"]);
        if (tried.Eval is not null)
        {
            Write(eval, tried.Eval, 50);
            words.AddRange(["--eval-input", eval]);
        }

        int exit = await BatchScoreCommand.RunAsync([.. words], _output, _errors, TimeProvider.System, _ => null);

        if (isAccepted || tried.IsTakenHere)
        {
            exit.ShouldBe(0, _errors.ToString());
            CatBoostModel.LoadFile(output).TreeCount.ShouldBeInRange(1, 3);
            return;
        }

        exit.ShouldBeOneOf(64, 65);
        _errors.ToString().ShouldContain(tried.Says);
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Except(["rows.parquet", "eval.parquet", "params.json"]).ShouldBeEmpty();
    }

    /// <param name="columns">What is selected of numbered rows; may begin a subquery.</param>
    private static void Write(string file, string columns, int rows)
    {
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        string end = columns.Contains("FROM (", StringComparison.Ordinal) ? ")" : "";
        duck.Execute($"COPY (SELECT {columns} FROM (SELECT range AS i FROM range({rows})){end}) TO {DuckSql.Literal(file)}");
    }

    /// <summary>What was special.</summary>
    /// <param name="Says">What our refusal says.</param>
    private sealed record Tried(
        string Says = "", string? Label = null, string? Weight = null, string? Features = null, int Rows = 200, string? Eval = null,
        bool IsTakenHere = false);
}
