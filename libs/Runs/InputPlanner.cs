using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.Runs;

/// <summary>Turns a dataset's folder into pinned files and splits, before any task runs; finds duplicate keys on the way.</summary>
/// <param name="context">Where and with what.</param>
public sealed class InputPlanner(IRunContext context)
{
    /// <summary>Plans.</summary>
    /// <param name="folder">The dataset's folder.</param>
    /// <param name="key">The column whose repeated values are looked for; null to trust the keys.</param>
    /// <param name="unsealed">True: also takes files that nothing marks as complete.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BatchScoringException">Nothing may be read there, files cannot be read, or their columns differ.</exception>
    public async Task<PlannedInput> PlanAsync(string folder, string? key, bool unsealed, CancellationToken cancellation)
    {
        Dataset dataset = await new DatasetReader(context.Store).OpenAsync(folder, revision: null, unsealed, cancellation);
        if (dataset.Manifest is null) await TableFormats.RefuseAsync(context.Store, folder, cancellation);
        IReadOnlyList<InputFile> files = dataset.Files;
        using var scratch = ScratchFolder.Create("plan");
        using var database = DuckDatabase.Open(new DuckOptions
        {
            Threads = context.Threads,
            MemoryLimitMiB = context.MemoryMib,
            TempDirectory = scratch.Path,
        });
        using DuckConnection duck = database.Connect();
        string[] paths = await new ParquetSource().OpenAllAsync(
            context.Store, files, new ParquetSlice(key is null ? [] : [key]) { WithBloomFilters = true }, scratch.Path, cancellation);
        var shapes = new ParquetShapes();
        List<ParquetFooter> footers = [.. files.Zip(paths, (file, path) => ParquetFooter.Read(shapes, duck, file, path, cancellation))];
        RequireOneSchema(folder, footers);
        ILookup<int, long> duplicates = key is null || footers.Count == 0
            ? DuplicateKeys.None
            : DuplicateKeys.Find(duck, footers, key, cancellation);
        return new PlannedInput
        {
            Folder = folder,
            Files = files,
            Splits = [.. footers.SelectMany((footer, i) =>
                SplitCutter.Cut(footer.File, footer.Columns.Count, footer.RowGroups, duplicates[i]))],
            Columns = dataset.Manifest?.Manifest.Columns ?? (footers.Count > 0 ? footers[0].Columns : []),
            Identity = dataset.Manifest is { } manifest ? "manifest " + manifest.Sha256 : "files " + HashOf(files),
            ManifestSha256 = dataset.Manifest?.Sha256,
        };
    }

    private static void RequireOneSchema(string folder, List<ParquetFooter> footers)
    {
        foreach (ParquetFooter footer in footers.Skip(1))
        {
            string[] differing = [.. footer.Columns.Except(footers[0].Columns).Concat(footers[0].Columns.Except(footer.Columns))
                .Select(column => $"{column.Name} {column.Type}").Distinct(StringComparer.Ordinal)];
            if (differing.Length == 0) continue;
            throw new BatchScoringException(RunErrors.InputSchemasDiffer,
                $"The files of {folder} do not have the same columns: {footer.File.Key} and {footers[0].File.Key} differ in " +
                $"{string.Join(", ", differing)}.");
        }
    }

    private static string HashOf(IReadOnlyList<InputFile> files) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', files.Select(file => $"{file.Key}\t{file.Size}\t{file.Version}")))));
}
