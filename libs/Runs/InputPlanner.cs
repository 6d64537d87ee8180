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
    /// <param name="folder">The dataset's folder: one of this product's, or what <see cref="TableFolder"/> knows.</param>
    /// <param name="key">The column whose repeated values are looked for; null to trust the keys.</param>
    /// <param name="unsealed">True: also takes files that nothing marks as complete.</param>
    /// <param name="wanted">What is asked for of a folder that is not this product's.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BatchScoringException">Nothing may be read there, files cannot be read, or their columns differ.</exception>
    public async Task<PlannedInput> PlanAsync(
        string folder, string? key, bool unsealed, FolderRequest wanted, CancellationToken cancellation)
    {
        (FolderTable table, ManifestFile? manifest) = await OpenAsync(folder, unsealed, wanted, cancellation);
        using var scratch = ScratchFolder.Create("plan");
        using var database = DuckDatabase.Open(new DuckOptions
        {
            Threads = context.Threads,
            MemoryLimitMiB = context.MemoryMib,
            TempDirectory = scratch.Path,
        });
        using DuckConnection duck = database.Connect();
        FolderBinder binder = new(duck, table);
        IReadOnlyList<InputFile> files = await BindAsync(binder, table, scratch, cancellation);
        string[] paths = await new ParquetSource().OpenAllAsync(
            context.Store, files, new ParquetSlice(key is null ? [] : [key]) { WithBloomFilters = true }, scratch.Path, cancellation);
        var shapes = new ParquetShapes();
        IReadOnlyList<ParquetFooter> footers = InputSchema.Join(folder,
            [.. files.Zip(paths, (file, path) => ParquetFooter.Read(shapes, duck, file, path, table, cancellation))]);
        ILookup<int, long> duplicates = key is null || footers.Count == 0
            ? DuplicateKeys.None
            : DuplicateKeys.Find(duck, footers, key, cancellation);
        return new PlannedInput
        {
            Folder = manifest is not null || table.IsWhole ? folder : null,
            Files = [.. footers.Select(footer => footer.File)],
            Splits = [.. footers.SelectMany((footer, i) =>
                SplitCutter.Cut(footer.File, footer.Columns.Count, footer.RowGroups, duplicates[i]))],
            Columns = manifest?.Manifest.Columns ?? InputSchema.Of(table, footers),
            Identity = manifest is not null ? "manifest " + manifest.Sha256 : table.Identity,
            ManifestSha256 = manifest?.Sha256,
            TableVersion = table.Version,
            Contradicted = binder.Contradicted,
        };
    }

    /// <summary>A manifest of ours rules; else a log, in the folder or above it, does; else marks and files do.</summary>
    private async Task<(FolderTable Table, ManifestFile? Manifest)> OpenAsync(
        string folder, bool unsealed, FolderRequest wanted, CancellationToken cancellation)
    {
        IObjectStore store = context.Store;
        DatasetReader reader = new(store);
        bool isOurs = await store.HeadAsync(folder + FolderLayout.Manifest, cancellation) is not null;
        if (!isOurs && await TableFolder.TableOfAsync(store, folder, cancellation) is not null)
            return (Readable(await TableFolder.OpenAsync(store, folder, wanted, cancellation)), null);
        Dataset dataset = await reader.OpenAsync(folder, revision: null, unsealed, cancellation);
        if (dataset.Manifest is null) return (await TableFolder.OpenAsync(store, dataset.Folder, wanted, cancellation), null);
        if (wanted.Version.IsGiven || wanted.PathColumns.Count > 0)
        {
            throw new BatchScoringException(TableErrors.InputVersion,
                $"'{folder}' was made by this program: its manifest says what it holds. Leave --version, --as-of and --path-columns out.");
        }

        return (new FolderTable(dataset.Folder, [.. dataset.Files.Select(file => new FolderFile(file))]), dataset.Manifest);
    }

    /// <summary>Tasks read whole row groups.</summary>
    private static FolderTable Readable(FolderTable table) => table.Files.FirstOrDefault(file => file.RemovedRows.Count > 0) is not { } file
        ? table
        : throw new BatchScoringException(TableErrors.InputLogFeature,
            $"The Delta table of {table.Folder} uses deletionVectors ({file.File.Key} has {file.RemovedRows.Count} rows that are gone), "
            + "which are not read here, but by predict and import. Have its files written anew without them (REORG TABLE … APPLY (PURGE)).");

    /// <summary>Where columns are not simply those of the files, footers are looked at first: only then is known what has to be read.</summary>
    private async Task<IReadOnlyList<InputFile>> BindAsync(
        FolderBinder binder, FolderTable table, ScratchFolder scratch, CancellationToken cancellation)
    {
        InputFile[] files = [.. table.Files.Select(file => file.File)];
        if (table.Columns.Count == 0 && table.Files.All(file => file.Partitions.Count == 0)) return files;
        string[] paths = await new ParquetSource().OpenAllAsync(context.Store, files, new ParquetSlice([]), scratch.Path, cancellation);
        return [.. table.Files.Zip(paths, (file, path) => binder.Bind(file, path, cancellation))];
    }
}
