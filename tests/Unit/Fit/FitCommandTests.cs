using BatchScoring.Models;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary><c>fit</c> as somebody types it: the credit table from CSV and Parquet, and what it says of bad input.</summary>
public sealed class FitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(), _errors = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("csv", "logloss-numeric")]
    [InlineData("parquet", "logloss-ctr-simple")]
    public async Task Fit_CreditTable_IsCatBoostsModel(string format, string name)
    {
        string table = Credit(format), output = _folder.File("model.cbm");
        string categories = name == "logloss-ctr-simple" ? CreditTable.Categories : "";
        string parameters = _folder.File("params.json");
        await File.WriteAllTextAsync(parameters, """
            {"iterations": 200, "depth": 6, "learning_rate": 0.1, "bootstrap_type": "No", "random_strength": 0, "boosting_type": "Plain",
             "leaf_estimation_backtracking": "No", "has_time": true, "loss_function": "Logloss", "max_ctr_complexity": 1}
            """, CancellationToken.None);

        (await RunAsync("fit", "--input", table, "--label", CreditTable.Label, "--ignore", "ID", "--cat-features", categories, "--where", CreditTable.Learned,
            "--params", parameters, "--set", "verbose=50", "--output", output)).ShouldBe(0, _errors.ToString());

        _output.ToString().ShouldContain("200 trees from 24,000 rows and 23 columns");
        _errors.ToString().ShouldContain("50:\tlearn: ");
        CatBoostModel ours = CatBoostModel.LoadFile(output), theirs = CatBoostModel.LoadFile(Repository.Data("golden", "training", name, "model.cbm"));
        ours.Symmetric!.Splits.ShouldBe(theirs.Symmetric!.Splits);
        ours.LeafValues.ShouldBe(theirs.LeafValues);
    }

    [Theory]
    [InlineData("a,y\n1,0\n2,0\n", "y", "All labels are 0; a model learns from at least two classes.")]
    [InlineData("a,y\n1,0\n2,\n3,1\n", "y", "data row 2: the label is missing.")]
    [InlineData("a,y\n1,0\n2,x\n3,1\n", "y", "There are 3 different labels (0, x, 1)")]
    [InlineData("a,y\n1,0\n2,x\n3,1\n", "y", "the label is 'x', and the loss wants a number.", "--set", "loss_function=RMSE")]
    [InlineData("a,y\n1,5\n2,5\n", "y", "All labels in the column 'y' are 5; there is nothing to learn.", "--set", "loss_function=RMSE")]
    [InlineData("a,w,y\n1,1,0\n2,-1,1\n", "y", "data row 2: the weight is -1; it must be a number from 0.", "--weight", "w")]
    [InlineData("a,w,y\n1,1,0\n2,,1\n", "y", "data row 2: the weight is missing", "--weight", "w")]
    [InlineData("a,w,y\n1,0,0\n2,0,1\n", "y", "All weights in the column 'w' are 0", "--weight", "w")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "There is no row to learn from.", "--where", "a > 5")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "--where is \"b > 5\", which cannot be used: ", "--where", "b > 5")]
    [InlineData("a,y\n1,0\n1,1\n", "y", "Every column has one value only, or is ignored")]
    [InlineData("a,y\n1,0\nx,1\n", "y", "'x' is not a number. If the column holds categories, name it in --cat-features")]
    [InlineData("a,y\n1,0\n2,1\n", "z", "has no column z. Names count letter by letter.")]
    [InlineData("a;y\n1;0\n2;1\n", "y", "The file looks as if semicolons stood between its cells: say --delimiter ';'.")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "The label 1 is not among class_weights (0, 2).", "--set", "class_weights={\"0\":1,\"2\":3}")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "There is no parameter dept. Did you mean 'depth'?", "--set", "dept=4")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "learning_rate and eta are two names of one parameter", "--set", "learning_rate=0.1", "--set", "eta=0.1")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "The parameter depth is 17; it must be a whole number from 0 to 16.", "--set", "depth=17")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "use_best_model is true, and there is no eval set", "--set", "use_best_model=true")]
    [InlineData("a,y\n1,0\n,1\n", "y", "The column 'a' has missing values, and nan_mode is Forbidden.", "--set", "nan_mode=Forbidden")]
    [InlineData("a,b,y\n1,0,0\n2,0,1\n", "y,b", "--label names 2 columns, and the loss Logloss wants one.")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "--label names 1 column, and the loss MultiRMSE wants two or more", "--set", "loss_function=MultiRMSE")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "The column y is named twice in --label, --weight and --baseline.", "--weight", "y")]
    [InlineData("a,y\n1,0\n2,1\n", "y", "which cannot be used: Parser Error: syntax error at or near \")\". It must be a condition", "--where", "a >")]
    [InlineData("a,y\n1,0\n2,1\n3,2\n", "y", "The label 2 of an eval set is none that rows are learned from", "--eval-where", "y = 2")]
    public async Task Fit_BadInput_SaysWhatIsWrongAndLeavesNothing(string table, string label, string expected, params string[] words)
    {
        string input = _folder.File("rows.csv"), output = _folder.File("model.cbm");
        await File.WriteAllTextAsync(input, table, CancellationToken.None);

        int exit = await RunAsync(["fit", "--input", input, "--label", label, "--output", output, .. words]);

        exit.ShouldBeOneOf(64, 65);
        _errors.ToString().ShouldContain(expected);
        File.Exists(output).ShouldBeFalse();
    }

    [Fact]
    public async Task Fit_OutputThatStands_IsKeptUnlessSaid()
    {
        string input = _folder.File("rows.csv"), output = _folder.File("model.cbm");
        await File.WriteAllTextAsync(input, "a,y\n1,0\n2,1\n3,0\n4,1\n", CancellationToken.None);
        await File.WriteAllTextAsync(output, "mine", CancellationToken.None);
        string[] words = ["fit", "--input", input, "--label", "y", "--set", "iterations=3", "--output", output];

        (await RunAsync(words)).ShouldBe(64);
        (await File.ReadAllTextAsync(output, CancellationToken.None)).ShouldBe("mine");
        (await RunAsync([.. words, "--overwrite"])).ShouldBe(0, _errors.ToString());
        CatBoostModel.LoadFile(output).TreeCount.ShouldBe(3);
    }

    [Fact]
    public async Task Fit_Snapshot_GoesOnToTheModelOfOneTraining()
    {
        string table = Credit("parquet"), whole = _folder.File("whole.cbm"), resumed = _folder.File("resumed.cbm"), state = _folder.File("state");
        string[] Words(string output, int iterations) => ["fit", "--input", table, "--label", CreditTable.Label, "--ignore", "ID", "--eval-where", "ID % 5 = 0",
            "--set", "learning_rate=0.1", "--set", $"iterations={iterations}", "--output", output, "--overwrite"];

        (await RunAsync(Words(whole, 8))).ShouldBe(0, _errors.ToString());
        (await RunAsync([.. Words(resumed, 3), "--snapshot", state])).ShouldBe(0, _errors.ToString());
        (await RunAsync([.. Words(resumed, 8), "--snapshot", state])).ShouldBe(0, _errors.ToString());

        CatBoostModel.LoadFile(resumed).LeafValues.ShouldBe(CatBoostModel.LoadFile(whole).LeafValues);
        (await RunAsync([.. Words(resumed, 8), "--snapshot", state, "--set", "depth=3"])).ShouldBe(65);
        _errors.ToString().ShouldContain("depth");
    }

    private string Credit(string format)
    {
        string file = _folder.File("credit." + format);
        CreditTable.Write(file);
        return file;
    }

    private Task<int> RunAsync(params string[] words) =>
        BatchScoreCommand.RunAsync(words, _output, _errors, TimeProvider.System, _ => null);
}
