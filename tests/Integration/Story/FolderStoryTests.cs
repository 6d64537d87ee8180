using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

public sealed class FolderStoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CreditCardStory _story;

    public FolderStoryTests() => _story = new CreditCardStory(_folder.File("bank"), _folder.Path);

    [Fact]
    public void Story_OnAFolder_ScoresToTheBitAndEvaluatesToTheGoldenAuc()
    {
        _story.Init().ShouldExitWith(0);
        _story.Import().ShouldExitWith(0);
        _story.Sample().ShouldExitWith(0);
        _story.Score().ShouldExitWith(0);
        _story.Evaluate().ShouldExitWith(0).Output.ShouldContain("AUC = 0.7913328856799091");
        _story.Collect("scores.csv").ShouldExitWith(0);
        _story.Report().ShouldExitWith(0).Output.ShouldContain("0.79");

        Dictionary<string, string> expected =
            Read(Repository.Data("golden", "training", "logloss-onehot", "expected.csv"), "RawFormulaVal");
        Dictionary<string, string> collected = Read(_folder.File("scores.csv"), "RawFormulaVal");
        collected.Count.ShouldBe(6000);
        foreach ((string id, string raw) in expected)
            Bits(collected[id]).ShouldBe(Bits(raw), $"RawFormulaVal of ID {id}");
    }

    [Fact]
    public void Story_EveryCommandRepeated_DoesNothingAndSaysSo()
    {
        _story.Init().ShouldExitWith(0);
        _story.UpToScores();
        _story.Evaluate().ShouldExitWith(0);
        _story.Collect("scores.csv").ShouldExitWith(0);
        _story.Report().ShouldExitWith(0);
        Dictionary<string, DateTime> before = Files();

        foreach (ProgramResult again in new[] { _story.Init(), _story.Import(), _story.Sample(), _story.Score(), _story.Evaluate(),
            _story.Collect("scores.csv"), _story.Report() })
            again.ShouldExitWith(0).Output.ShouldContain("nothing done");
        Files().ShouldBe(before);
    }

    [Fact]
    public void Evaluate_MadeAgain_HasTheSameContent()
    {
        _story.UpToScores();
        _story.Evaluate().ShouldExitWith(0);
        (string attempt, string content) = Evaluation();
        Directory.Delete(_folder.File("bank", "artifacts", "evaluations"), recursive: true);

        _story.Evaluate().ShouldExitWith(0);

        (string otherAttempt, string sameContent) = Evaluation();
        otherAttempt.ShouldNotBe(attempt);
        sameContent.ShouldBe(content, "the program and the hour of its making are no part of a result");
        content.ShouldNotStartWith(new string('0', 32));
    }

    private (string Attempt, string Content) Evaluation()
    {
        string folder = _folder.File("bank", "artifacts", "evaluations");
        string manifest = Directory.GetFiles(folder, "_manifest.json", SearchOption.AllDirectories).ShouldHaveSingleItem();
        JsonNode json = JsonNode.Parse(File.ReadAllText(manifest))!;
        return ((string)json["attempt"]!, (string)json["content"]!);
    }

    private Dictionary<string, DateTime> Files() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(path => path, File.GetLastWriteTimeUtc);

    private static Dictionary<string, string> Read(string path, string column)
    {
        string[][] rows = [.. File.ReadLines(path).Select(line => line.Split(','))];
        int at = Array.IndexOf(rows[0], column);
        return rows.Skip(1).ToDictionary(row => row[0], row => row[at]);
    }

    private static long Bits(string text) => BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture));

    public void Dispose() => _folder.Dispose();
}
