using System.Text.Json.Nodes;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>Limits and reasons of the quality gate.</summary>
public sealed class GateTests : IDisposable
{
    private readonly CaseFolder _case = new("nc-gate-number"); // "nc-empty-release" has the same rows

    [Theory]
    [InlineData("1,5")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("200")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("")]
    [InlineData("1.5 %")]
    public void Import_PercentThatIsNone_IsRefusedByName(string percent)
    {
        ProgramResult result = Import("--max-bad-percent", percent).ShouldExitWith(64);

        result.Errors.ShouldContain("--max-bad-percent");
        Directory.Exists(_case.File("root", "train")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--sample-share", "0,5")]
    [InlineData("--test-share", "1,000")]
    [InlineData("--max-bad-rows", "-1")]
    public void Import_OtherNumberThatIsNone_IsRefusedByName(string option, string value) =>
        Import(option, value).ShouldExitWith(64).Errors.ShouldContain(option);

    [Fact]
    public void Import_LimitsThatWereUsed_StandInPlanRecordAndManifest()
    {
        Import("--max-bad-percent", "7.5", "--max-bad-rows", "20").ShouldExitWith(0);

        string[] files = [.. new[] { "plan.json", "record.json", "_manifest.json" }
            .SelectMany(name => Directory.GetFiles(_case.File("root"), name, SearchOption.AllDirectories))];
        files.Length.ShouldBe(6);
        foreach (string file in files)
        {
            JsonNode limits = JsonNode.Parse(System.IO.File.ReadAllText(file))!["limits"]!;
            ((double)limits["max_bad_percent"]!).ShouldBe(7.5, file);
            ((long)limits["max_bad_rows"]!).ShouldBe(20, file);
        }
    }

    [Fact]
    public void Quarantine_OfAHeldRun_IsListedAndExported()
    {
        Import().ShouldExitWith(4);
        string run = Path.GetFileName(Directory.GetDirectories(_case.File("root", "artifacts", "runs")).ShouldHaveSingleItem());

        string listed = _case.Run("quarantine", "list").ShouldExitWith(0).Output;
        _case.Run("quarantine", "export", run, "--output", "bad.csv").ShouldExitWith(0);

        listed.ShouldContain(run);
        string[] rows = File.ReadAllLines(_case.File("bad.csv"));
        rows[0].ShouldContain("code");
        listed.ShouldContain($"{rows.Length - 1} rows set aside");
        _case.Run("quarantine", "export", run, "--output", "-", "--quiet")
            .ShouldExitWith(0).Output.ShouldBe(File.ReadAllText(_case.File("bad.csv")));
        File.WriteAllText(_case.File("bad.csv"), "precious");
        _case.Run("quarantine", "export", run, "--output", "bad.csv").ShouldExitWith(64).Errors.ShouldContain("--overwrite");
        _case.Run("quarantine", "export", "score-2026-11-21-r1", "--output", "-")
            .ShouldExitWith(64).Errors.ShouldContain("NOTHING_SET_ASIDE");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\t")]
    public void Release_ReasonThatSaysNothing_IsRefused(string reason)
    {
        Import().ShouldExitWith(4);

        Import("--release", reason).ShouldExitWith(64).Errors.ShouldContain("REASON_MISSING");
        Import("--release", "agreed with risk").ShouldExitWith(0).Output.ShouldContain("agreed with risk");
    }

    [Fact]
    public void Held_AskedAgainWithWiderLimits_StaysHeldUntilReleased()
    {
        Import().ShouldExitWith(4);

        Import("--max-bad-percent", "6").ShouldExitWith(4).Output.ShouldContain("--release");
        _case.Run("status").ShouldExitWith(0).Output.ShouldContain("held");
    }

    public void Dispose() => _case.Dispose();

    private ProgramResult Import(params string[] more) =>
        _case.Run(["import", "rows.csv", "--key", "id", "--label", "y", "--first-date", "2026-11-21", .. more]);
}
