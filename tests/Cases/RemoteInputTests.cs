using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>Case "e1-s3-path-for-local": inputs and models by address, as if they lay here.</summary>
public sealed class RemoteInputTests : IDisposable
{
    private readonly CaseFolder _folder = new("e1-s3-path-for-local");
    private readonly AtomicS3 _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Predict_InputAndModelFromABucketOrTheWeb_AnswersAsFromHere()
    {
        await PutAsync("in/rows.parquet", "part-0.parquet");
        await PutAsync("models/model.cbm", "model.cbm");
        byte[] rows = File.ReadAllBytes(_folder.File("part-0.parquet"));
        using TinyHttpServer web = new(_ => Task.FromResult<byte[]?>(TinyHttpServer.Answer(200, rows)));
        string expected = Predict("model.cbm", "part-0.parquet").ShouldExitWith(0).Output;

        expected.ShouldNotBeEmpty();
        Predict("s3://bucket/models/model.cbm", "s3://bucket/in/rows.parquet").ShouldExitWith(0).Output.ShouldBe(expected);
        Predict("model.cbm", "s3://bucket/in/").ShouldExitWith(0).Output.ShouldBe(expected);
        Predict("model.cbm", web.Address + "/rows.parquet").ShouldExitWith(0).Output.ShouldBe(expected);
    }

    [Fact]
    public async Task Import_FromABucket_ImportsItsRows()
    {
        await PutAsync("in/rows.parquet", "part-0.parquet");

        _folder.RunWith(Environment(), "import", "s3://bucket/in/rows.parquet", "--key", "id", "--like", "model.cbm", "--first-date",
            "2026-11-21",
            "--test-where", "true", "--quiet").ShouldExitWith(0);
    }

    [Theory]
    [InlineData("s3://bucket/none.parquet", 65, "STORE_NOT_FOUND")]
    [InlineData("gs://bank/rows.parquet", 64, "STORE_LOCATION_INVALID")]
    [InlineData("~/rows.parquet", 64, "STORE_LOCATION_INVALID")]
    public void Predict_InputThatIsNotThere_IsNamedAsItWasGiven(string input, int exit, string code)
    {
        ProgramResult result = Predict("model.cbm", input).ShouldExitWith(exit);

        result.Errors.ShouldContain(code);
        result.Errors.ShouldContain(input);
    }

    private ProgramResult Predict(string model, string input) =>
        _folder.RunWith(Environment(), "predict", "--model", model, "--input", input, "--key", "id", "--output", "-", "--quiet");

    private Dictionary<string, string> Environment() => new()
    {
        ["BATCHSCORING_S3_ENDPOINT"] = _server.Address,
        ["AWS_ACCESS_KEY_ID"] = "a",
        ["AWS_SECRET_ACCESS_KEY"] = "b",
    };

    private async Task PutAsync(string key, string file)
    {
        StoreCredentials keys = new() { AccessKey = "a", SecretKey = "b" };
        using IObjectStore store = ObjectStores.Open(_server.Options("") with { Root = "s3://bucket" }, _ => Task.FromResult(keys));
        await store.UploadAsync(key, _folder.File(file), default);
    }
}
