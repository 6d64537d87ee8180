using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>The doctor finds what a run would stumble over, and ends as the run would.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Doctor_NewFolder_LooksAtEverythingAndLeavesNothing()
    {
        Directory.CreateDirectory(_folder.File("bank"));

        ProgramResult result = Doctor(new StoreOptions { Root = _folder.File("bank") }).ShouldExitWith(0);

        foreach (string name in new[] { "root disk", "write", "list", "pending", "delete", "conditions", "race", "index" })
            result.Output.ShouldContain("ok   " + name);
        Directory.GetFiles(_folder.File("bank"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [SkippableFact]
    public void Doctor_S3_LooksAtEverything()
    {
        ProgramResult result = Doctor(S3Server.Require().NewRoot()).ShouldExitWith(0);

        foreach (string name in new[] { "write", "list", "pending", "delete", "conditions" }) result.Output.ShouldContain("ok   " + name);
    }

    [SkippableFact]
    public void Doctor_WrongCredentials_EndsAsARunWould() =>
        Doctor(S3Server.Require().NewRoot(), secret: "wrong").ShouldExitWith(77).Output.ShouldContain("FAIL write");

    [Fact]
    public void Doctor_StoreThatIgnoresConditions_EndsAsARunWould()
    {
        using var careless = new AtomicS3 { KnowsConditions = false };

        Doctor(careless.Options("root")).ShouldExitWith(78).Output.ShouldContain("FAIL conditions");
    }

    [Fact]
    public void Doctor_NoRightToList_SaysSo()
    {
        using var store = new AtomicS3 { Denies = request => request.Query.ContainsKey("list-type") };

        ProgramResult result = Doctor(store.Options("root")).ShouldExitWith(77);

        result.Output.ShouldContain("FAIL list");
        result.Output.ShouldContain("ok   pending");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public void Doctor_NoRightToMakeOrGiveUpParts_SaysSo(string method)
    {
        using var store = new AtomicS3
        {
            Denies = request => request.Method == method && (request.Query.ContainsKey("uploads") || request.Query.ContainsKey("uploadId")),
        };

        ProgramResult result = Doctor(store.Options("root")).ShouldExitWith(77);

        result.Output.ShouldContain("ok   write");
        result.Output.ShouldContain("FAIL pending");
    }

    private ProgramResult Doctor(StoreOptions root, string secret = "test-secret")
    {
        var environment = new Dictionary<string, string>
        {
            ["BATCHSCORING_ROOT"] = root.Root,
            ["AWS_ACCESS_KEY_ID"] = "test-key",
            ["AWS_SECRET_ACCESS_KEY"] = secret,
        };
        if (root.Endpoint is { } endpoint) environment["BATCHSCORING_S3_ENDPOINT"] = endpoint;
        return BuiltProgram.BatchScore.Run(_folder.Path, environment, "doctor");
    }

    public void Dispose() => _folder.Dispose();
}
