using System.Security.Cryptography;
using System.Text.Json.Nodes;
using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>The log beside the scores as the commands make it and tell of it: it never holds up a publish.</summary>
public sealed class DeltaLogStoryTests : IDisposable
{
    private readonly SmallStory _story = new();

    [Fact]
    public void Log_ThatIsLost_IsMissedByStatusAndMadeAgainByRecover()
    {
        _story.UpToScores();
        _story.Run("status").ShouldExitWith(0).Output.ShouldNotContain("index");
        Directory.Delete(Log(), recursive: true);

        _story.Run("status").ShouldExitWith(0).Output.ShouldContain("the Delta log is missing for 1 date(s)");
        _story.Run("recover").ShouldExitWith(0);

        _story.Run("status").ShouldExitWith(0).Output.ShouldNotContain("index");
        _story.Run("verify").ShouldExitWith(0).Output.ShouldContain("0 difference(s)");
        Directory.GetFiles(Log()).Select(Path.GetFileName).ShouldBe(["00000000000000000000.json"]);
    }

    [Theory]
    [InlineData("torn", "{\"protocol\":{\"minReader")]
    [InlineData("empty", "")]
    [InlineData("of another program", "{\"metaData\":{}}\n{\"add\":{\"path\":\"../../other.parquet\"}}\n")]
    public void Log_ThatSomebodyDamaged_HoldsUpNoPublish_AndIsTold(string what, string entry)
    {
        Directory.CreateDirectory(Log());
        File.WriteAllText(Path.Combine(Log(), "00000000000000000000.json"), entry);

        _story.UpToScores();

        File.Exists(Path.Combine(_story.Scores, "_SUCCESS")).ShouldBeTrue(what);
        _story.OfDate("collect", "--output", "scores.csv").ShouldExitWith(0);
        File.ReadLines(_story.File("scores.csv")).Count().ShouldBe(51);
        _story.Run("status").ShouldExitWith(0).Output.ShouldContain("DELTA_LOG_DAMAGED");
        _story.OfDate("report").ShouldExitWith(0).Output.ShouldContain("Readers of the Delta log do not see this yet");
        _story.Run("recover").ExitCode.ShouldNotBe(0, "it cannot write over what it did not make");

        Directory.Delete(Log(), recursive: true);
        _story.Run("recover").ShouldExitWith(0);
        _story.Run("status").ShouldExitWith(0).Output.ShouldNotContain("index");
    }

    /// <summary>As with a policy that was made before there was a log.</summary>
    [SkippableFact]
    public void Log_ThatTheRightsDoNotCover_HoldsUpNoPublish_AndIsTold()
    {
        using TemporaryFolder folder = new();
        var server = S3Server.Require();
        using FaultProxy proxy = new(server.Address);
        proxy.Fault = async request => request.IsWrite && request.Target.Contains("_delta_log", StringComparison.Ordinal)
            ? FaultProxy.Error(403, "AccessDenied")
            : await proxy.ForwardAsync(request);
        var remote = CreditCardStory.OnS3(server.NewRoot(proxy.Address), folder.Path);

        remote.UpToScores();

        remote.Collect("scores.csv").ShouldExitWith(0);
        remote.Report().ShouldExitWith(0).Output.ShouldContain("Readers of the Delta log do not see this yet");
        remote.Run("status").ShouldExitWith(0).Output.ShouldContain("the Delta log is missing for 1 date(s)");
        remote.Run("recover").ExitCode.ShouldNotBe(0);
        proxy.Fault = null;
        remote.Run("recover").ShouldExitWith(0);
        remote.Run("status").ShouldExitWith(0).Output.ShouldNotContain("index");
    }

    /// <summary>A key that is a number on one date and text on another reads 0000 as 0 elsewhere.</summary>
    [Fact]
    public void Score_KeyOfAnotherType_IsRefusedBeforeTheRun()
    {
        _story.UpToScores();
        string next = _story.Bank("test_sample", "run_date=2026-11-22");
        Directory.CreateDirectory(next);
        using (var database = DuckDatabase.Open())
        using (DuckConnection duck = database.Connect())
            duck.Execute($"COPY (SELECT '000' || range AS ID, {SmallStory.Columns} FROM range(4)) TO '{next}/part.parquet' (FORMAT PARQUET)");

        ProgramResult refused = _story.Run("score", "--date", "2026-11-22", "--model", CreditCardStory.Model, "--key", "ID", "--unsealed").ShouldExitWith(65);

        refused.Errors.ShouldContain("COLUMN_TYPE_CHANGED");
        refused.Errors.ShouldContain("'ID' is string; in the dates before it is 'ID', long");
        Directory.Exists(_story.Bank("artifacts", "runs", "score-2026-11-22-r1")).ShouldBeFalse();
    }

    [Fact]
    public void Score_ModelVersion_IsNeverANumber()
    {
        _story.UpToScores();
        _story.OfDate("collect", "--output", "scores.csv").ShouldExitWith(0);

        File.ReadLines(_story.File("scores.csv")).Skip(1).Select(line => line.Split(',')[^1]).Distinct()
            .ShouldHaveSingleItem().ShouldMatch("^m[0-9a-f]{12}$");
    }

    [Fact]
    public void Parts_Presigned_NeedsS3()
    {
        _story.UpToScores();

        _story.OfDate("parts", "--presign", "1").ShouldExitWith(64).Errors.ShouldContain("is a folder");
        _story.OfDate("parts", "--presign", "200").ShouldExitWith(64).Errors.ShouldContain("1 to 168 hours");
    }

    [SkippableFact]
    public async Task Parts_Presigned_AreReadWithoutCredentials()
    {
        using TemporaryFolder folder = new();
        var server = S3Server.Require();
        var remote = CreditCardStory.OnS3(server.NewRoot(), folder.Path);
        remote.UpToScores();

        string json = remote.Run("parts", "--date", CreditCardStory.Date, "--presign", "1", "--format", "json").ShouldExitWith(0).Output;

        using HttpClient anybody = new();
        JsonNode[] parts = [.. JsonNode.Parse(json)!["datasets"]![0]!["parts"]!.AsArray().Select(part => part!)];
        parts.ShouldNotBeEmpty();
        foreach (JsonNode part in parts)
        {
            string address = part["path"]!.GetValue<string>();
            Convert.ToHexStringLower(SHA256.HashData(await anybody.GetByteArrayAsync(address))).ShouldBe(part["sha256"]!.GetValue<string>());
            (await anybody.GetAsync(address.Split('?')[0])).IsSuccessStatusCode.ShouldBeFalse("only with the signature");
            address.ShouldNotContain(server.Keys.SecretKey!);
        }
    }

    public void Dispose() => _story.Dispose();

    private string Log() => _story.Bank("test_sample_inference", "_delta_log");
}
