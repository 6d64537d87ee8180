using System.Text.Json.Nodes;
using BatchScoring.Datasets;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>Replaced scores whose rows are removed: what every command says of them afterwards, on a folder and on S3.</summary>
public sealed class RetireTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly ScoresBench _bench = new();

    [Fact]
    public async Task Retire_OnAFolder_EveryCommandNamesWhatIsGone()
    {
        await PublishTwiceAsync(_bench);
        Age("_SUCCESS", 40);
        string[] before = Files();

        JsonNode dry = JsonNode.Parse(_bench.Run("retire", "--older-than", "30d", "--dry-run", "--format", "json").ShouldExitWith(0).Output)!;
        Files().ShouldBe(before);
        ((int)dry["parts"]!).ShouldBe(2);
        ((string)dry["retired"]![0]!["folder"]!).ShouldEndWith("/revision=1/");
        _bench.Run("retire", "--older-than", "41d").ShouldExitWith(0).Output.ShouldContain("0 revision(s) retired");
        Files().ShouldBe(before);

        _bench.Run("retire", "--older-than", "30d").ShouldExitWith(0).Output.ShouldContain("1 revision(s) retired: 2 part(s)");

        Tell(_bench);
        Files().Count(file => file.EndsWith(".parquet", StringComparison.Ordinal)).ShouldBe(1, "a plain pattern sees each date once");
        _bench.Run("clean", "--older-than-days", "0").ShouldExitWith(0);
        _bench.Run("retire", "--older-than", "30d").ShouldExitWith(0).Output.ShouldContain("0 revision(s) retired");
    }

    [SkippableFact]
    public async Task Retire_OnS3_EveryCommandNamesWhatIsGone()
    {
        using var remote = new ScoresBench(S3Server.Require().NewRoot());
        await PublishTwiceAsync(remote);
        remote.Run("retire", "--older-than", "1d").ShouldExitWith(0)
            .Output.ShouldContain("0 revision(s) retired", customMessage: "sealed just now");
        var retirer = new RevisionRetirer(remote.Store, "tests 1.0", new ShiftedTime(TimeSpan.FromDays(40)));

        Retirable old = (await retirer.FindAsync(TimeSpan.FromDays(30), default)).ShouldHaveSingleItem();
        await retirer.RetireAsync(old, "anna", default);

        Tell(remote);
    }

    [Fact]
    public async Task Retire_WhileOthersCollect_EachGetsAllRowsOrTheReason()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, Now.AddDays(-90),
            [.. Enumerable.Range(0, 40).Select(part => ScoreRoot.Rows($"range + {part}000", "0.25", "range(1000)"))]);
        await _bench.PublishAsync(ScoresBench.Date, 2, Now.AddDays(-50), ScoreRoot.Rows("range", "0.5", "range(9)"));
        Age("_SUCCESS", 40);

        Task<ProgramResult>[] collectors = [.. Enumerable.Range(0, 6).Select(number => Task.Run(() => _bench.Run(
            "collect", "--date", ScoresBench.Date, "--revision", "1", "--output", $"{number}.csv", "--quiet")))];
        Task<ProgramResult> retire = Task.Run(() => _bench.Run("retire", "--older-than", "30d", "--quiet"));
        await Task.WhenAll([retire, .. collectors]);

        (await retire).ShouldExitWith(0);
        for (int number = 0; number < collectors.Length; number++)
        {
            ProgramResult result = await collectors[number];
            if (result.ExitCode == 0) File.ReadLines(_bench.File($"{number}.csv")).Count().ShouldBe(40_001);
            else result.ShouldExitWith(65).Errors.ShouldContain("REVISION_RETIRED");
        }

        Directory.GetFiles(_bench.File("")).Length.ShouldBe(collectors.Count(collector => collector.Result.ExitCode == 0), "nothing half-written");
        _bench.Run("collect", "--date", ScoresBench.Date, "--revision", "1", "--output", "late.csv").ShouldExitWith(65)
            .Errors.ShouldContain("REVISION_RETIRED");
    }

    [Theory]
    [InlineData("30")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("1.5d")]
    [InlineData("soon")]
    public void Retire_WithoutDays_IsUsage(string age) =>
        _bench.Run("retire", "--older-than", age).ShouldExitWith(64).Errors.ShouldContain($"--older-than is '{age}'; it must be 1d to");

    public void Dispose() => _bench.Dispose();

    private static async Task PublishTwiceAsync(ScoresBench bench)
    {
        await bench.PublishAsync(ScoresBench.Date, 1, Now.AddDays(-90),
            ScoreRoot.Rows("range", "0.25", "range(30)"), ScoreRoot.Rows("range", "0.25", "range(30, 60)"));
        await bench.PublishAsync(ScoresBench.Date, 2, Now.AddDays(-50), ScoreRoot.Rows("range", "0.5", "range(20)"));
    }

    private static void Tell(ScoresBench bench)
    {
        foreach (string[] command in new string[][] { ["collect", "--output", "old.csv"], ["parts"], ["evaluate"] })
        {
            string said = bench.Run([command[0], "--date", ScoresBench.Date, "--revision", "1", .. command[1..]]).ShouldExitWith(65).Errors;
            said.ShouldContain("REVISION_RETIRED");
            said.ShouldContain("its successor is revision 2");
        }

        bench.Run("verify").ShouldExitWith(0).Output.ShouldContain("/revision=1/: retired on ");
        string status = bench.Run("status").ShouldExitWith(0).Output;
        status.ShouldContain("revision 1 retired on ");
        status.ShouldContain("revision 2 published (20 rows)");
        bench.Run("list").ShouldExitWith(0).Output.ShouldContain("retired");
        bench.Run("recover").ShouldExitWith(0).Output.ShouldContain("nothing to recover");
        bench.Run("verify").ShouldExitWith(0).Output.ShouldContain("0 difference(s)");
        bench.Run("collect", "--date", ScoresBench.Date, "--output", "new.csv", "--overwrite").ShouldExitWith(0)
            .Output.ShouldContain("20 rows");
    }

    private void Age(string name, int days)
    {
        foreach (string file in Directory.GetFiles(_bench.File("bank"), name, SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, Now.UtcDateTime.AddDays(-days));
    }

    private string[] Files() => Directory.GetFiles(_bench.File("bank"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
}
