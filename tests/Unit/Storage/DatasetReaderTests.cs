using System.Text;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

public sealed class DatasetReaderTests : IDisposable
{
    private const string Date = "test_sample_inference/run_date=2026-11-21/";
    private readonly TemporaryFolder _root = new();

    private IObjectStore Store => field ??= ObjectStores.Open(new StoreOptions { Root = _root.Path });

    private DatasetReader Reader => new(Store);

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Open_SeveralRevisions_GivesTheHighestOrTheOneAskedFor()
    {
        foreach (int revision in (int[])[1, 2, 10]) await PutAsync(revision, sealedToo: true);
        (await Reader.OpenAsync(Date, null, false, default)).Revision.ShouldBe(10);
        Dataset exact = await Reader.OpenAsync(Date, 2, false, default);
        (exact.Revision, exact.Folder).ShouldBe((2, Date + "revision=2/"));
        exact.Files.Select(f => f.Key).ShouldBe([Date + "revision=2/part-a", Date + "revision=2/part-b"]);
        (await CodeAsync(Date, 3)).ShouldBe("DATASET_NOT_FOUND");
    }

    [Fact]
    public async Task Open_HigherManifestWithoutSeal_SaysTryLaterUnlessAnExactRevisionIsAsked()
    {
        await PutAsync(1, sealedToo: true);
        await PutAsync(2, sealedToo: false);
        DatasetException e = await Should.ThrowAsync<DatasetException>(() => Reader.OpenAsync(Date, null, false, default));
        (e.Code, e.ExitCode, e.Transient).ShouldBe(("DATASET_PUBLISHING", ExitCode.TryLater, true));
        e.Message.ShouldContain("--revision");
        (await Reader.OpenAsync(Date, 1, false, default)).Revision.ShouldBe(1);
        (await CodeAsync(Date, 2)).ShouldBe("DATASET_PUBLISHING");
    }

    [Fact]
    public async Task Open_LowerRevisionUnsealed_DoesNotHideAHigherSealedOne()
    {
        await PutAsync(1, sealedToo: false);
        await PutAsync(2, sealedToo: true);
        (await Reader.OpenAsync(Date, null, false, default)).Revision.ShouldBe(2);
    }

    [Theory]
    [InlineData("seal of another manifest")]
    [InlineData("manifest cut short")]
    [InlineData("manifest of another folder")]
    [InlineData("part gone")]
    [InlineData("part of another size")]
    [InlineData("part outside of the folder")]
    public async Task Open_DamagedInAnyWay_IsNeverGiven(string damage)
    {
        ManifestFile manifest = await PutAsync(1, sealedToo: true);
        string folder = Date + "revision=1/", text = Encoding.UTF8.GetString(manifest.Bytes.Span);
        (string key, string? content) = damage switch
        {
            "seal of another manifest" => ("_SUCCESS", new string('0', 64)),
            "manifest cut short" => ("_manifest.json", text[..^20]),
            "manifest of another folder" =>
                ("_manifest.json", text.Replace("\"folder\":\"" + folder, "\"folder\":\"" + Date, StringComparison.Ordinal)),
            "part gone" => ("part-a", null),
            "part of another size" => ("part-a", "longer than it was"),
            _ => ("_manifest.json", text.Replace(folder + "part-b", "train/part-b", StringComparison.Ordinal)),
        };
        if (content is null) await Store.DeleteAsync(folder + key, default);
        else await Store.PutAsync(folder + key, Encoding.UTF8.GetBytes(content), PutCondition.Always, default);
        DatasetException e = await Should.ThrowAsync<DatasetException>(() => Reader.OpenAsync(Date, null, false, default));
        e.Code.ShouldBeOneOf("DATASET_DAMAGED", "MANIFEST_INVALID");
        e.ExitCode.ShouldBe(ExitCode.InputUnusable);
        e.Message.ShouldContain(folder);
    }

    [Fact]
    public async Task Open_ManifestOfANewerProgram_AsksForAnUpdate()
    {
        await Store.PutAsync(Date + "revision=1/_manifest.json", "{\"format\":99,\"what\":1}"u8.ToArray(), PutCondition.Always, default);
        DatasetException e = await Should.ThrowAsync<DatasetException>(() => Reader.OpenAsync(Date, null, false, default));
        (e.Code, e.ExitCode).ShouldBe(("MANIFEST_NEWER", ExitCode.Configuration));
    }

    [Fact]
    public async Task Open_FilesFromElsewhere_NeedAMarkOrPermission()
    {
        (await CodeAsync("in/")).ShouldBe("DATASET_NOT_FOUND");
        foreach (string key in (string[])["in/b.parquet", "in/a/x.parquet", "in/_temporary/y.parquet", "in/.hidden"])
            await Store.PutAsync(key, new byte[] { 1 }, PutCondition.Always, default);
        DatasetException e = await Should.ThrowAsync<DatasetException>(() => Reader.OpenAsync("in/", null, false, default));
        (e.Code, e.ExitCode).ShouldBe(("DATASET_UNSEALED", ExitCode.TryLater));
        e.Message.ShouldContain("--unsealed");
        (await Reader.OpenAsync("in/", null, unsealed: true, default)).Files.Select(f => f.Key)
            .ShouldBe(["in/a/x.parquet", "in/b.parquet"]);
        await Store.PutAsync("in/_SUCCESS", default, PutCondition.Always, default);
        Dataset found = await Reader.OpenAsync("in/", null, false, default);
        (found.Condition, found.Files.Count, found.Manifest).ShouldBe((DatasetCondition.SealedElsewhere, 2, null));
    }

    [Fact]
    public async Task Open_MarkedButEmpty_SaysThatThereAreNoFiles()
    {
        await Store.PutAsync("in/_SUCCESS", default, PutCondition.Always, default);
        (await CodeAsync("in/")).ShouldBe("DATASET_EMPTY");
    }

    [Fact]
    public async Task Scan_WholeRoot_TellsEveryDatasetsState()
    {
        await PutAsync(1, sealedToo: true);
        await PutAsync(2, sealedToo: false);
        await Store.PutAsync("test_sample_inference/run_date=2026-11-22/x.parquet", new byte[] { 1 }, PutCondition.Always, default);
        (await Reader.ScanAsync("test_sample_inference/", default)).Select(d => (d.Folder[22..], d.Condition)).ShouldBe([
            ("run_date=2026-11-21/revision=1/", DatasetCondition.Sealed),
            ("run_date=2026-11-21/revision=2/", DatasetCondition.Publishing),
            ("run_date=2026-11-22/", DatasetCondition.Unsealed)]);
    }

    private async Task<string> CodeAsync(string folder, int? revision = null) =>
        (await Should.ThrowAsync<DatasetException>(() => Reader.OpenAsync(folder, revision, false, default))).Code;

    private async Task<ManifestFile> PutAsync(int revision, bool sealedToo)
    {
        string folder = FormattableString.Invariant($"{Date}revision={revision}/");
        foreach (string name in (string[])["part-a", "part-b"])
            await Store.PutAsync(folder + name, new byte[] { 1, 2 }, PutCondition.Always, default);
        var manifest = ManifestFile.Create(new Manifest
        {
            Folder = folder,
            Run = "score-2026-11-21-r1",
            Job = "score",
            Attempt = "aa",
            AttemptFolder = "artifacts/runs/score-2026-11-21-r1/aa/",
            Fingerprint = "f",
            Created = DateTimeOffset.UnixEpoch,
            Program = "tests",
            RowsRead = 2,
            Content = new ContentHash(1, 2),
            QuarantineContent = default,
            Columns = [],
            Parts = [.. ((string[])["part-a", "part-b"]).Select(name => new PendingPart
            {
                Key = folder + name, PendingId = "x", Bytes = 2, Rows = 1, Sha256 = new string('a', 64),
            })],
        });
        await Store.PutAsync(folder + "_manifest.json", manifest.Bytes, PutCondition.Always, default);
        if (sealedToo) await Store.PutAsync(folder + "_SUCCESS", Encoding.UTF8.GetBytes(manifest.Sha256), PutCondition.Always, default);
        return manifest;
    }
}
