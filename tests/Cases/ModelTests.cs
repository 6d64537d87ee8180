using System.Text.Json;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>What the commands say about models; what models answer is in tests/Unit/Models.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("inspect", "big.cbm")]
    [InlineData("predict", "--model", "big.cbm", "--input", "rows.csv", "--output", "-")]
    [InlineData("import", "rows.csv", "--key", "id", "--like", "big.cbm", "--first-date", "2026-11-21")]
    [InlineData("score", "--date", "2026-11-21", "--model", "big.cbm", "--root", ".")]
    public void Model_Over2GiB_IsTooLargeWhoeverReadsIt(params string[] arguments)
    {
        using CaseFolder folder = new("c14-model-over-2gib");
        using (FileStream big = File.Create(folder.File("big.cbm")))
        {
            big.Write("CBM1"u8);
            big.SetLength(2_147_483_658);
        }

        ProgramResult result = folder.Run(arguments);

        result.ExitCode.ShouldBe(65);
        result.Errors.ShouldContain("MODEL_TOO_LARGE");
        result.Errors.ShouldContain("big.cbm");
    }

    [Fact]
    public void Inspect_Classifier_NamesItsClassesAndThePositiveOne()
    {
        using CaseFolder folder = new("c4-inspect-names-no-classes");

        folder.Run("inspect", "model.cbm").Output.ShouldContain("classes   0 no, 1 yes (string); score is the probability of yes");
        using var json = JsonDocument.Parse(folder.Run("inspect", "model.cbm", "--format", "json").Output);
        json.RootElement.GetProperty("classes").EnumerateArray().Select(label => label.GetString()).ShouldBe(["no", "yes"]);
        json.RootElement.GetProperty("positive_class").GetString().ShouldBe("yes");
    }

    [Theory]
    [InlineData("golden/catboost/multiclass", "classes   0 high, 1 low, 2 mid (string)\n")]
    [InlineData("golden/catboost-next/class-bool", "classes   0 false, 1 true (boolean); score is the probability of true")]
    [InlineData("golden/catboost-next/class-float", "classes   0 0.5, 1 2 (float); score is the probability of 2")]
    [InlineData("golden/catboost-next/class-odd-int", "classes   0 -3, 1 7, 2 100 (integer)\n")]
    [InlineData("golden/catboost-next/class-own-objective", "classes   0 no, 1 yes (string); score is the probability of yes")]
    public void Inspect_OtherClassifiers_NameTheirClasses(string model, string says)
    {
        using CaseFolder folder = new("c4-inspect-names-no-classes");

        folder.Run("inspect", Repository.Data(model, "model.cbm")).ShouldExitWith(0).Output.ShouldContain(says);
    }

    [Fact]
    public void Predict_UntypedTextLabels_AreTextsInParquet()
    {
        using CaseFolder folder = new("c4-untyped-text-labels");

        folder.Run("predict", "--model", "model.cbm", "--input", "rows.csv", "--output", "o.parquet", "--key", "id", "--type",
            "Class").ExitCode.ShouldBe(0);

        folder.Run("inspect", "o.parquet", "--format", "json").Output.ShouldContain("\"name\":\"Class\",\"kind\":\"none\"");
    }

    [Theory]
    [InlineData("mlmodel", 0, "1,2")]
    [InlineData("mlmodel/", 0, "1,2")]
    [InlineData("mlmodel/model.cb", 0, "1,2")]
    [InlineData("empty", 65, "It holds no file.")]
    [InlineData("other", 65, "It holds model.cb, notes.txt.")]
    [InlineData("foreign", 65, "names ../mlmodel/model.cb, which is not in it")]
    [InlineData("broken", 65, "cannot be read")]
    public void Predict_ModelIsFolder_TakesMlflowsAndSaysWhatAnotherHolds(string model, int exit, string expected)
    {
        using CaseFolder folder = new("e1-model-is-folder");
        foreach (string name in new[] { "empty", "other", "foreign", "broken" }) Directory.CreateDirectory(folder.File(name));
        File.Copy(folder.File("mlmodel", "model.cb"), folder.File("other", "model.cb"));
        File.WriteAllText(folder.File("other", "notes.txt"), "");
        File.WriteAllText(folder.File("foreign", "MLmodel"), "flavors:\n  catboost:\n    data: ../mlmodel/model.cb\n");
        File.WriteAllText(folder.File("broken", "MLmodel"), "flavors: [\n");

        ProgramResult result = folder.Run("predict", "--model", model, "--input", "rows.csv", "--key", "id", "--output", "-", "--quiet");

        result.ExitCode.ShouldBe(exit);
        (exit == 0 ? result.Output : result.Errors).ShouldContain(expected);
        if (exit != 0) result.Errors.ShouldContain("MODEL_NOT_FOUND");
    }
}
