using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Cases;

/// <summary>What counts as an outcome, and what does not.</summary>
public sealed class EvaluateTests
{
    private const string Date = "2026-11-21";

    [Theory]
    [InlineData("id,x,y\na,0,No\nb,1,Yes\nc,2,No\n", "No")]
    [InlineData("id,x,y\na,0,good\nb,1,1\nc,2,0\n", "good")]
    public void Import_LabelThatIsText_IsNamedBeforeAnythingIsImported(string rows, string holds)
    {
        using CaseFolder folder = new("s11-text-label");
        if (rows != File.ReadAllText(folder.File("rows.csv"))) File.WriteAllText(folder.File("rows.csv"), rows);

        ProgramResult result = Import(folder, "rows.csv").ShouldExitWith(65);

        result.Errors.ShouldContain("LABEL_NOT_NUMERIC");
        result.Errors.ShouldContain($"The label y holds '{holds}'");
        Directory.Exists(folder.File("root", "train")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("id,x,y\na,0,0\nb,1,1\nc,2,2\n", "2")]
    [InlineData("id,x,y\na,0,-1\nb,1,1\nc,2,-1\n", "-1")]
    public void Evaluate_LabelOfOtherValues_NamesThem(string rows, string holds)
    {
        using CaseFolder folder = new("s11-text-label");
        File.WriteAllText(folder.File("rows.csv"), rows);

        ProgramResult result = Evaluate(folder, "rows.csv");

        result.ShouldExitWith(65);
        result.Errors.ShouldContain("LABEL_NOT_BINARY");
        result.Errors.ShouldContain($"The label y holds {holds}");
    }

    [Theory]
    [InlineData(true, "6 with an outcome", "2 without", 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, double.NaN, double.NaN)]
    [InlineData(true, "2 with an outcome", "2 without", 0.0, 1.0, double.NaN, null)]
    [InlineData(true, "2 with an outcome", "1 without", null, 0.0, 1.0)]
    [InlineData(false, "LABEL_NOT_BINARY", "", 0.0, 1.0, double.PositiveInfinity)]
    [InlineData(false, "LABEL_NOT_BINARY", "", 0.0, 1.0, 0.5)]
    public void Evaluate_OutcomesOfOtherTables_CountNaNAsNotKnownYet(bool isFine, string says, string saysToo, params object?[] outcomes)
    {
        using CaseFolder folder = new("e1-nan-outcome");
        File.WriteAllBytes(folder.File("rows.parquet"), TestParquet.Write(10,
            TestColumn.Integers("id", outcomes.Select((_, i) => (long?)i)), TestColumn.Floats("x", outcomes.Select((_, i) => (float?)i)),
            TestColumn.Doubles("y", outcomes.Select(outcome => (double?)outcome))));

        ProgramResult result = Evaluate(folder, "rows.parquet").ShouldExitWith(isFine ? 0 : 65);

        (result.Output + result.Errors).ShouldContain(says);
        (result.Output + result.Errors).ShouldContain(saysToo);
    }

    [Fact]
    public void Evaluate_OutcomeThatIsNaN_IsNotKnownYet()
    {
        using CaseFolder folder = new("e1-nan-outcome");

        ProgramResult result = Evaluate(folder, "rows.parquet").ShouldExitWith(0);

        result.Output.ShouldContain("AUC = 1");
        result.Output.ShouldContain("6 with an outcome");
        result.Output.ShouldContain("2 without");
    }

    private static ProgramResult Import(CaseFolder folder, string rows) => folder.Run(
        "import", rows, "--key", "id", "--label", "y", "--first-date", Date, "--test-where", "true", "--sample-share", "1", "--like",
            "model.cbm");

    private static ProgramResult Evaluate(CaseFolder folder, string rows)
    {
        Import(folder, rows).ShouldExitWith(0);
        folder.Run("sample", "--date", Date).ShouldExitWith(0);
        folder.Run("score", "--date", Date, "--model", "model.cbm").ShouldExitWith(0);
        return folder.Run("evaluate", "--date", Date);
    }
}
