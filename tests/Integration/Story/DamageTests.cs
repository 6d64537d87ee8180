using System.Text.Json.Nodes;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>What somebody broke in a root by hand: every command that meets it says so, and none calls it good.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly SmallStory _story = new();

    [Fact]
    public void Verify_ManifestOrSealThatCannotBeTrusted_IsADifferenceAndListAndStatusSayWhy()
    {
        _story.UpToScores();
        string manifest = Path.Combine(_story.Scores, "_manifest.json"), seal = Path.Combine(_story.Scores, "_SUCCESS");
        (Action Spoil, string Says)[] damages =
        [
            (() => File.WriteAllText(manifest, "garbage"), "cannot be used"),
            (() => File.Delete(manifest), "has a _SUCCESS but no _manifest.json"),
            (() => File.WriteAllText(seal, new string('0', 64)), "its _SUCCESS names another manifest"),
            (() => { File.Delete(manifest); File.Delete(seal); }, "neither _manifest.json nor _SUCCESS"),
        ];
        byte[] goodManifest = File.ReadAllBytes(manifest), goodSeal = File.ReadAllBytes(seal);
        foreach ((Action spoil, string says) in damages)
        {
            spoil();

            _story.Run("verify").ShouldExitWith(65).Output.ShouldContain(says);
            _story.Run("list").ShouldExitWith(0).Output.ShouldContain(says);
            _story.Run("status").ShouldExitWith(0).Output.ShouldContain("damaged: ");

            File.WriteAllBytes(manifest, goodManifest);
            File.WriteAllBytes(seal, goodSeal);
        }

        _story.Run("verify").ShouldExitWith(0).Output.ShouldContain("0 difference(s)");
    }

    [Fact]
    public void Verify_SampleThatOthersDelivered_HasNothingToCompareWith()
    {
        _story.Deliver("SELECT 1 AS ID");
        File.WriteAllText(_story.Bank("test_sample", "run_date=" + SmallStory.Date, "_SUCCESS"), "");

        _story.Run("verify").ShouldExitWith(0).Output.ShouldContain("delivered, nothing to compare with");
    }

    [Theory]
    [InlineData("collect", "--output", "scores.csv")]
    [InlineData("evaluate")]
    [InlineData("report")]
    public void Job_ScoresWithoutTheirManifest_AreDamaged(string command, params string[] more)
    {
        Directory.CreateDirectory(_story.Scores);
        File.WriteAllText(Path.Combine(_story.Scores, "part.parquet"), "whatever");
        File.WriteAllText(Path.Combine(_story.Scores, "_SUCCESS"), "");

        Refused(_story.OfDate(command, more), "DATASET_DAMAGED", "_manifest.json");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("{}")]
    public void EvaluateAndReport_EvaluationThatCannotBeRead_NameTheFile(string content)
    {
        _story.UpToScores().OfDate("evaluate").ShouldExitWith(0);
        string evaluation = Directory.GetFiles(_story.Bank("artifacts", "evaluations"), "part-*.json", SearchOption.AllDirectories)
            .ShouldHaveSingleItem();
        // Of the same length: another is a part that was cut, which shows before anybody reads it.
        File.WriteAllText(evaluation, content.PadRight((int)new FileInfo(evaluation).Length));

        Refused(_story.OfDate("evaluate"), "RUN_FILE_UNREADABLE", "artifacts/evaluations");
        Refused(_story.OfDate("report"), "RUN_FILE_UNREADABLE", "artifacts/evaluations");
    }

    [Fact]
    public void Score_RecordThatCannotBeRead_IsMadeAgain()
    {
        _story.UpToScores();
        string record = _story.RunFile($"score-{SmallStory.Date}-r1", "record.json");
        string good = Content();
        File.WriteAllText(record, "garbage");

        _story.Run("status").ShouldExitWith(0).Output.ShouldContain("record.json is not what this program writes there");
        _story.Score().ShouldExitWith(0).Output.ShouldContain("nothing done");

        Content().ShouldBe(good);
        _story.Run("status").ShouldExitWith(0).Output.ShouldNotContain("unreadable");

        string Content() => JsonNode.Parse(File.ReadAllText(record))!["content"]!.ToString();
    }

    private static void Refused(ProgramResult result, string code, string says)
    {
        result.ShouldExitWith(65).Errors.ShouldContain("error " + code);
        result.Errors.ShouldContain(says);
        result.Errors.ShouldNotContain("   at ", customMessage: "a stack trace is no answer");
    }

    public void Dispose() => _story.Dispose();
}
