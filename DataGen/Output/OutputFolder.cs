using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.DataGen.Output;

/// <summary>
/// The folder that a table goes to: data files, <c>_about/</c> with what is known of them, and an empty <c>_SUCCESS</c> that comes last.
/// Without it the table is not complete, and nobody takes it for complete.
/// </summary>
internal sealed class OutputFolder(string path, GenerationRequest request)
{
    private const string FileStem = "part-";

    public string Model => Path.Combine(About, "model.cbm");

    public string Contract => Path.Combine(About, "contract.json");

    public string Planted => Path.Combine(About, "planted.csv");

    private string About => Path.Combine(path, "_about");

    private string Facts => Path.Combine(About, "datagen.json");

    private string Unfinished => Path.Combine(About, "unfinished.json");

    private string Success => Path.Combine(path, FolderLayout.Success);

    public string DataFile(int number) => Path.Combine(path, $"{FileStem}{number:D5}.{request.Format}");

    /// <summary>What the folder holds, if it is complete and what is asked for; otherwise makes it ready, and answers null.</summary>
    /// <exception cref="BatchScoringException">The folder holds something else.</exception>
    public GenerationFacts? Open()
    {
        if (File.Exists(Success) && File.Exists(Facts))
        {
            GenerationFacts facts = JsonSerializer.Deserialize(File.ReadAllBytes(Facts), DataGenJson.Default.GenerationFacts)!;
            if (facts.Request == request) return facts;
            throw Occupied($"a table of {facts.Request.Rows:N0} rows with seed {facts.Request.Seed} ({facts.Request.Format}, " +
                $"{facts.Request.Dirt:N0} bad rows)");
        }

        if (File.Exists(Unfinished)) Clear();
        else if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).FirstOrDefault() is { } found)
            throw Occupied(Path.GetFileName(found));
        Directory.CreateDirectory(About);
        File.WriteAllBytes(Unfinished, JsonSerializer.SerializeToUtf8Bytes(request, DataGenJson.Default.GenerationRequest));
        return null;
    }

    /// <summary>Says that the table is complete.</summary>
    public void Seal(GenerationFacts facts)
    {
        File.WriteAllBytes(Facts, [.. JsonSerializer.SerializeToUtf8Bytes(facts, DataGenJson.Default.GenerationFacts), (byte)'\n']);
        File.Delete(Unfinished);
        File.WriteAllBytes(Success, []);
    }

    /// <summary>Takes away what an interrupted generation left: only names that it gives.</summary>
    private void Clear()
    {
        foreach (string? file in Directory.EnumerateFiles(path, FileStem + "*").ToList()) File.Delete(file);
        Directory.Delete(About, recursive: true);
    }

    private BatchScoringException Occupied(string found) => new(DataGenErrors.OutputNotEmpty,
        $"The folder {path} is not empty: it holds {found}. Name another folder with --out, or remove this one.");
}
