using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// A dataset to publish whose rows can be counted: every part is text, one row a line. What stands in the store is compared with what
/// must stand there, row by row.
/// </summary>
public sealed class PublishWorld(IObjectStore store, string localFolder)
{
    public const string Folder = "test_sample_inference/run_date=2026-11-21/revision=1/";
    public const string DateFolder = "test_sample_inference/run_date=2026-11-21/";

    public IObjectStore Store { get; } = store;

    /// <summary>The rows of one part; equal for every attempt whose <paramref name="flavour"/> is the same.</summary>
    public static byte[] Content(int part, string flavour) => Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(0, 20 + part).Select(i => FormattableString.Invariant($"{flavour} part {part} row {i}\n"))));

    /// <summary>Stages an attempt's parts and writes its result.json: all that comes before a publish.</summary>
    public async Task<Manifest> PrepareAsync(string attempt, string flavour = "same", int parts = 3, string date = "2026-11-21")
    {
        RunId run = new("score", RunDate.Parse(date), 1);
        string result = FolderLayout.Inference(RunDate.Parse(date), 1), folder = FolderLayout.Attempt(run, new AttemptId(attempt));
        List<PendingPart> staged = [];
        for (int part = 0; part < parts; part++)
            staged.Add(await StageAsync(result + PartName.New(part, attempt), Content(part, flavour), attempt, folder, 20 + part));
        await Store.PutAsync(folder + AttemptFiles.Result, "{}"u8.ToArray(), PutCondition.Always, default);
        return new Manifest
        {
            Folder = result,
            Run = run.ToString(),
            Job = "score",
            Attempt = attempt,
            AttemptFolder = folder,
            Fingerprint = flavour,
            Created = DateTimeOffset.UnixEpoch,
            Program = "tests 1.0",
            RowsRead = staged.Sum(p => p.Rows),
            Content = HashOf(Enumerable.Range(0, parts).SelectMany(p => Lines(Content(p, flavour)))),
            QuarantineContent = default,
            Columns = [],
            Parts = [.. staged.OrderBy(p => p.Key, KeyOrder.Instance)],
        };
    }

    public async Task<PendingPart> StageAsync(string key, byte[] content, string attempt, string attemptFolder, long rows)
    {
        string file = Path.Combine(localFolder, Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(file, content);
        return await Store.StageAsync(key, file,
            new PartFacts(attempt, attemptFolder, Convert.ToHexStringLower(SHA256.HashData(content)), rows), default);
    }

    /// <summary>Makes a lost part again, as the task would: the part's number stands in its name.</summary>
    public RemakePart Remake(string flavour = "same") => (manifest, part, _) =>
    {
        int number = int.Parse(part.Key[(part.Key.IndexOf("part-", StringComparison.Ordinal) + 5)..].Split('-')[0]);
        return StageAsync(part.Key, Content(number, flavour), manifest.Attempt, manifest.AttemptFolder, part.Rows);
    };

    /// <summary>
    /// Looks as a reader does. Whatever it is given must be whole: every row once, no foreign file, no other attempt's rows.
    /// </summary>
    /// <returns>The winner's attempt, or null while there is nothing to read yet.</returns>
    public async Task<string?> ReadAsync()
    {
        Dataset dataset;
        try
        {
            dataset = await new DatasetReader(Store).OpenAsync(DateFolder, null, unsealed: false, default);
        }
        catch (DatasetException e) when (e.Code is "DATASET_NOT_FOUND" or "DATASET_PUBLISHING" or "DATASET_UNSEALED")
        {
            return null; // not finished, and not taken for finished
        }
        dataset.Condition.ShouldBe(DatasetCondition.Sealed);
        Manifest manifest = dataset.Manifest!.Manifest;
        List<string> rows = [];
        await foreach (StoredObject file in Store.ListAsync(Folder, default)) // as one who goes by file names would
        {
            if (!DataFiles.IsDataFile(file.Key, Folder)) continue;
            rows.AddRange(Lines((await Store.GetAsync(file.Key, default))!));
        }
        rows.Count.ShouldBe((int)manifest.Content.Rows, "rows lost or duplicated");
        rows.Distinct().Count().ShouldBe(rows.Count, "rows duplicated");
        HashOf(rows).ShouldBe(manifest.Content);
        return manifest.Attempt;
    }

    public async Task<List<PendingUpload>> PendingAsync()
    {
        List<PendingUpload> found = [];
        await foreach (PendingUpload pending in Store.ListPendingAsync("", default)) found.Add(pending);
        return found;
    }

    private static string[] Lines(byte[] content) => Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static ContentHash HashOf(IEnumerable<string> rows)
    {
        ContentHash sum = default;
        foreach (string row in rows)
            sum += new ContentHash(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(row))), 1);
        return sum;
    }

    /// <summary>A copy of a manifest, through its JSON, as another process would read it.</summary>
    public static Manifest Copy(Manifest manifest) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(manifest, CoreJson.Default.Manifest), CoreJson.Default.Manifest)!;
}
