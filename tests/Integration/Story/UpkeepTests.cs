using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>Commands that look after a root: recover, clean, report of what is held.</summary>
public sealed class UpkeepTests : IDisposable
{
    private readonly SmallStory _story = new();

    [Fact]
    public void Recover_OneFolderThatCannotBeFinished_FinishesTheOthersWithRecordAndReport()
    {
        _story.UpToScores();
        Interrupt(_story.Bank("train"), withPart: true);
        Interrupt(_story.Scores, withPart: false);
        string attempt = Path.GetDirectoryName(_story.RunFile($"score-{SmallStory.Date}-r1", "plan.json"))!;
        string[] made = [.. new[] { "record.json", "report.html", "report.txt", "report.json" }.Select(name =>
            Path.Combine(attempt, name))];
        foreach (string file in made) File.Delete(file);

        ProgramResult result = _story.Run("recover").ShouldExitWith(2);

        result.Output.ShouldContain("FAILED train/: PART_LOST_FOR_GOOD");
        result.Output.ShouldContain($"finished test_sample_inference/run_date={SmallStory.Date}/revision=1/");
        made.Where(file => !File.Exists(file)).ShouldBeEmpty();
        _story.OfDate("collect", "--output", "scores.csv").ShouldExitWith(0);
    }

    [Fact]
    public void Recover_PlanThatCannotBeRead_NamesIt()
    {
        _story.UpToScores();
        Interrupt(_story.Bank("train"), withPart: true);
        File.WriteAllText(_story.RunFile("import-train-r1", "plan.json"), "garbage");

        _story.Run("recover").ShouldExitWith(65).Output.ShouldContain("FAILED train/: RUN_FILE_UNREADABLE");
    }

    [Theory]
    [InlineData("99999999")]
    [InlineData("-1")]
    public void Clean_DaysThatNoCalendarHas_IsUsage(string days) =>
        _story.Run("clean", "--older-than-days", days).ShouldExitWith(64).Errors.ShouldContain("--older-than-days is " + days);

    [Fact]
    public void Report_OnlyAHeldResult_TellsOfIt()
    {
        _story.Deliver($"SELECT CASE WHEN range < 10 THEN NULL ELSE range END AS ID, {SmallStory.Columns} FROM range(100)");
        _story.Score("--key", "ID", "--unsealed").ShouldExitWith(4);

        ProgramResult report = _story.OfDate("report").ShouldExitWith(0);

        report.Output.ShouldContain("Held");
        report.Output.ShouldContain("MISSING_KEY");
        _story.OfDate("report", "--revision", "2").ShouldExitWith(65).Errors.ShouldContain("DATASET_NOT_FOUND");
    }

    /// <summary>As a process leaves a dataset that ends before its last step; and as one that also lost a part.</summary>
    private static void Interrupt(string folder, bool withPart)
    {
        File.Delete(Path.Combine(folder, "_SUCCESS"));
        if (withPart) File.Delete(Directory.GetFiles(folder, "part-*.parquet")[0]);
    }

    public void Dispose() => _story.Dispose();
}
