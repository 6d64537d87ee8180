using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>Stores, credentials, regions and roots as a person meets them.</summary>
public sealed class StoreTests
{
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["AWS_ACCESS_KEY_ID"] = "a",
        ["AWS_SECRET_ACCESS_KEY"] = "b",
        ["AWS_CONFIG_FILE"] = "config",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "credentials",
    };

    [Theory]
    [InlineData("verify")]
    [InlineData("list")]
    [InlineData("status")]
    [InlineData("recover")]
    [InlineData("clean")]
    [InlineData("doctor")]
    [InlineData("sample", "--date", "2026-11-21")]
    [InlineData("score", "--date", "2026-11-21", "--model", "none.cbm")]
    [InlineData("evaluate", "--date", "2026-11-21")]
    [InlineData("collect", "--date", "2026-11-21", "--output", "scores.csv")]
    [InlineData("report", "--date", "2026-11-21")]
    [InlineData("report", "--index")]
    [InlineData("compare", "2026-11-21")]
    [InlineData("quarantine", "list")]
    [InlineData("run", "--date", "2026-11-21", "--model", "none.cbm")]
    public void Root_ThatIsNotThere_IsNamedAndNotMade(params string[] command)
    {
        using CaseFolder folder = new("nc-mistyped-root");

        ProgramResult result = folder.Run([.. command, "--root", "./bakn"]).ShouldExitWith(78);

        (result.Output + result.Errors).ShouldContain("bakn is no root: there is no such folder");
        Directory.Exists(folder.File("bakn")).ShouldBeFalse();
    }

    [Fact]
    public void Verify_FolderWithoutLayoutOrDataset_IsNoRoot()
    {
        using CaseFolder folder = new("nc-mistyped-root");
        Directory.CreateDirectory(folder.File("other"));

        folder.Run("verify", "--root", "other").ShouldExitWith(78).Errors.ShouldContain("layout.json");
        folder.Run("layout", "init", "--root", "other").ShouldExitWith(0);
        folder.Run("verify", "--root", "other").ShouldExitWith(0);
    }

    [Theory]
    [InlineData("gs://bank/x")]
    [InlineData("file:///bank")]
    [InlineData("~/bank")]
    public void Root_ThatIsNoPlace_IsRefused(string root)
    {
        using CaseFolder folder = new("nc-mistyped-root");

        folder.Run("layout", "init", "--root", root).ShouldExitWith(64).Errors.ShouldContain("STORE_LOCATION_INVALID");
        Directory.GetDirectories(folder.File()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AWS_REGION", "eu-central-1")]
    [InlineData("AWS_DEFAULT_REGION", "eu-central-1")]
    [InlineData("AWS_PROFILE", "frankfurt")]
    [InlineData("BATCHSCORING_S3_REGION", "eu-central-1")]
    public void Region_FromWhereAwsProgramsTakeIt_IsSignedFor(string variable, string value)
    {
        using CaseFolder folder = new("e1-aws-region");
        File.WriteAllText(folder.File("config"), "[default]\nregion = us-west-2\n[profile frankfurt]\nregion = eu-central-1\n");
        using TinyHttpServer server =
            Store(request => request.Headers["Authorization"].Contains("/eu-central-1/s3/", StringComparison.Ordinal)
            ? TinyHttpServer.Answer(200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"u8)
            : FaultProxy.Error(400, "AuthorizationHeaderMalformed"));

        folder.RunWith(With(server, (variable, value)), "list").ShouldExitWith(0);
    }

    [Fact]
    public void Region_Wrong_NamesTheOption()
    {
        using CaseFolder folder = new("e1-aws-region");
        using TinyHttpServer server = Store(_ => FaultProxy.Error(400, "AuthorizationHeaderMalformed"));

        folder.RunWith(With(server), "list").ShouldExitWith(78).Errors.ShouldContain("--s3-region");
    }

    [Theory]
    [InlineData("nosuch", "")]
    [InlineData("broken", "[profile broken]\ncredential_process = /no/such/program\n")]
    [InlineData("loop", "[profile loop]\nsource_profile = nosuch\nrole_arn = arn:aws:iam::1:role/r\n")]
    public void Credentials_SourceThatFails_IsNamedAtOnce(string profile, string config)
    {
        using CaseFolder folder = new("e1-credentials-source");
        File.WriteAllText(folder.File("config"), config);
        int asked = 0;
        using TinyHttpServer server = Store(_ => FaultProxy.Error(500, asked++.ToString()));
        Dictionary<string, string> environment = With(server, ("AWS_PROFILE", profile), ("AWS_EC2_METADATA_DISABLED", "true"));
        environment.Remove("AWS_ACCESS_KEY_ID");
        environment.Remove("AWS_SECRET_ACCESS_KEY");

        ProgramResult result = folder.RunWith(environment, "list").ShouldExitWith(77);

        result.Errors.ShouldContain("STORE_CREDENTIALS_MISSING");
        result.Errors.ShouldContain(profile);
        result.Errors.ShouldNotContain("endpoint");
        asked.ShouldBe(0);
    }

    [Fact]
    public void Credentials_NoSourceHasAny_IsOneSentence()
    {
        using CaseFolder folder = new("e1-credentials-source");
        using TinyHttpServer server = Store(_ => FaultProxy.Error(500, "InternalError"));
        Dictionary<string, string> environment = With(server, ("AWS_EC2_METADATA_DISABLED", "true"));
        environment.Remove("AWS_ACCESS_KEY_ID");
        environment.Remove("AWS_SECRET_ACCESS_KEY");

        string error = folder.RunWith(environment, "list").ShouldExitWith(77).Errors;

        error.ShouldStartWith("error STORE_CREDENTIALS_MISSING: ");
        error.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("http_proxy", "http")]
    [InlineData("HTTPS_PROXY", "https")]
    [InlineData("all_proxy", "http")]
    public void Proxy_InTheWay_IsNamed(string variable, string scheme)
    {
        using CaseFolder folder = new("e1-proxy-not-named");
        Dictionary<string, string> environment = new(Keys)
        {
            [variable] = "http://user:geheim@127.0.0.1:9",
            ["BATCHSCORING_S3_ENDPOINT"] = scheme + "://store.bank.example:9000",
            ["BATCHSCORING_ROOT"] = "s3://bucket/x",
        };

        ProgramResult result = folder.RunWith(environment, "list").ShouldExitWith(69);

        result.Errors.ShouldContain(variable);
        result.Errors.ShouldContain("no_proxy");
        result.Errors.ShouldContain("store.bank.example:9000");
        result.Errors.ShouldNotContain("geheim");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PUT", "DELETE")]
    [InlineData("PUT", "GET")]
    [InlineData("PUT", "POST")]
    public void Doctor_NothingCanBeWritten_SaysThatAlone(params string[] denied)
    {
        using CaseFolder folder = new("e1-doctor-says-written");
        using AtomicS3 server = new() { Denies = request => denied.Contains(request.Method) };
        Dictionary<string, string> environment =
            new(Keys) { ["BATCHSCORING_S3_ENDPOINT"] = server.Address, ["BATCHSCORING_ROOT"] = "s3://bucket/x" };

        ProgramResult result = folder.RunWith(environment, "doctor").ShouldExitWith(77);

        result.Output.Split("FAIL").Length.ShouldBe(2, result.Output);
        result.Output.ShouldNotContain("is not there");
        result.Output.ShouldNotContain("not listed");
    }

    [Theory]
    [InlineData("import", "part-0.parquet", "--key", "id", "--like", "model.cbm", "--first-date", "2026-11-21", "--test-where", "true")]
    [InlineData("doctor")]
    public void TemporaryFolder_ThatIsNotThere_IsNamed(params string[] command)
    {
        using CaseFolder folder = new("e1-tmpdir-missing");
        Directory.CreateDirectory(folder.File("root"));

        ProgramResult result = folder.RunWith(new Dictionary<string, string> { ["TMPDIR"] = "/nonexistent/tmp" }, [.. command, "--quiet"])
            .ShouldExitWith(78);

        (result.Output + result.Errors).ShouldContain("TMPDIR");
        (result.Output + result.Errors).ShouldContain("/nonexistent/tmp");
    }

    [Fact]
    public void Score_FolderMarksOfHadoop_AreNoData()
    {
        using CaseFolder folder = new("e1-folder-marker");
        string sample = folder.File("root", "test_sample", "run_date=2026-11-21");
        Directory.CreateDirectory(sample);
        File.Copy(folder.File("part-0.parquet"), Path.Combine(sample, "part-0.parquet"));
        File.WriteAllText(Path.Combine(sample, "region=EU_$folder$"), "");

        folder.Run("score", "--date", "2026-11-21", "--model", "model.cbm", "--key", "id", "--unsealed", "--quiet").ShouldExitWith(0);
    }

    private static TinyHttpServer Store(Func<TinyRequest, byte[]> answer) => new(request => Task.FromResult<byte[]?>(answer(request)));

    private static Dictionary<string, string> With(TinyHttpServer server, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> environment =
            new(Keys) { ["BATCHSCORING_S3_ENDPOINT"] = server.Address, ["BATCHSCORING_ROOT"] = "s3://bucket/x" };
        foreach ((string name, string value) in more) environment[name] = value;
        return environment;
    }
}
