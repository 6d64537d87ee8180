using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// The Delta log of the scores, <c>test_sample_inference/_delta_log/</c>: an index for readers, derived from sealed manifests and never read
/// to decide anything about a publish. One entry brings one revision of one date, whole; entries are put only where none stands, so any
/// number of writers may do it at once, die at any point, and do it again. docs/design/delta-log.md tells why each thing is as it is.
/// </summary>
/// <remarks>Thread safe. Readers of the log are at worst behind the manifests, never ahead of them or in between.</remarks>
/// <param name="store">Where the table lies.</param>
public sealed class DeltaLog(IObjectStore store)
{
    /// <summary>Its folder.</summary>
    public const string Folder = FolderLayout.DeltaLog;

    private const int Tries = 100;
    private const int AtOnce = 16;
    private const string TooManyWriters = "Again and again somebody else's entry stood first.";

    /// <summary>Brings a sealed revision into the log, where it or a later one is not there yet.</summary>
    /// <param name="manifest">Of a revision whose seal was seen.</param>
    /// <param name="cancellation">Ends it; doing it again goes on.</param>
    /// <returns>True where an entry was put.</returns>
    /// <exception cref="DatasetException"><c>DELTA_LOG_DAMAGED</c>, <c>COLUMN_TYPE_CHANGED</c>, <c>COLUMN_TYPE_REFUSED</c>.</exception>
    /// <exception cref="StoreException">What the store says.</exception>
    public async Task<bool> BringAsync(ManifestFile manifest, CancellationToken cancellation)
    {
        (RunDate date, int revision) = DateOf(manifest.Manifest.Folder);
        for (int tried = 0; tried < Tries; tried++)
        {
            DeltaState state = await TailAsync(cancellation);
            if (state.Index.Dates.Of(date) is { } shown && shown.Revision >= revision) return false;
            // The first entry of all: dates that were published before there was a log come with it.
            if (state.Last < 0) return await CatchUpAsync(cancellation) > 0;
            DeltaEntry entry = await NextAsync(manifest, state, await ActiveAsync(state, date, cancellation), cancellation);
            if (await TryPutAsync(entry, manifest, cancellation)) return true;
        }

        throw Damaged(TooManyWriters);
    }

    /// <summary>
    /// Checks, before anything is made, that a revision's columns will fit beside those that are published, and that the log can show them.
    /// A root that has published columns which no log can show goes on with them: its nights do not end because a program is newer.
    /// </summary>
    /// <param name="folder">The revision's folder.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DatasetException"><c>COLUMN_TYPE_CHANGED</c>, <c>COLUMN_TYPE_REFUSED</c>.</exception>
    public async Task CheckColumnsAsync(string folder, IReadOnlyList<DatasetColumn> columns, CancellationToken cancellation)
    {
        bool goesOn = DeltaSchema.Problem(folder, columns) is not null && (await SealedAsync(cancellation)).Any(file => !DeltaSchema.Fits(file));
        if (!goesOn) (await PublishedColumnsAsync(cancellation)).With(DeltaSchema.Of(folder, columns), folder);
    }

    /// <summary>Compares what the log shows with the sealed manifests. Only reads.</summary>
    /// <exception cref="DatasetException"><c>DELTA_LOG_DAMAGED</c>.</exception>
    public async Task<DeltaLogCheck> CheckAsync(CancellationToken cancellation)
    {
        IReadOnlyList<ManifestFile> latest = await SealedAsync(cancellation);
        ManifestFile[] fit = [.. latest.Where(DeltaSchema.Fits)];
        (long last, DeltaTable table) = await TableAsync(cancellation);
        HashSet<string> published = [.. latest.SelectMany(file => file.Manifest.Parts).Select(part => part.Key)];
        return new DeltaLogCheck(
            last >= 0,
            [.. fit.Where(file => !table.Shows(file)).Select(file => file.Manifest.Folder)],
            [.. table.Keys.Where(key => !published.Contains(key)).Order(KeyOrder.Instance)],
            [.. latest.Except(fit).Select(file => file.Manifest.Folder)]);
    }

    /// <summary>
    /// Puts right whatever the log shows otherwise than the highest sealed revision of each date. A log that is lost is made again.
    /// </summary>
    /// <returns>How many entries were put.</returns>
    /// <exception cref="DatasetException">As <see cref="BringAsync"/>.</exception>
    public async Task<int> CatchUpAsync(CancellationToken cancellation)
    {
        int put = 0;
        (long last, DeltaTable table) = await TableAsync(cancellation);
        foreach (ManifestFile manifest in (await SealedAsync(cancellation)).Where(DeltaSchema.Fits))
        {
            for (int tried = 0; !table.Shows(manifest); tried++)
            {
                if (tried == Tries) throw Damaged(TooManyWriters);
                DeltaEntry entry = await NextAsync(
                    manifest, table.State(last), table.FilesOf(DateOf(manifest.Manifest.Folder).Date), cancellation);
                if (await TryPutAsync(entry, manifest, cancellation))
                {
                    put++;
                    last++;
                    table.Take(entry);
                }
                else
                {
                    (last, table) = await TableAsync(cancellation);
                }
            }
        }

        return put;
    }

    /// <summary>The date and revision of a folder of scores.</summary>
    internal static (RunDate Date, int Revision) DateOf(string folder)
    {
        DeltaFile file = new(folder, 0, null, null);
        return (RunDate.Parse(file.Partition("run_date")), int.Parse(file.Partition("revision"), CultureInfo.InvariantCulture));
    }

    /// <summary>The parts of a manifest as the log names them.</summary>
    internal static IReadOnlyList<DeltaFile> FilesOf(Manifest manifest) =>
        [.. manifest.Parts.Select(part => new DeltaFile(part.Key[FolderLayout.Inferences.Length..], part.Bytes, part.Rows, part.Sha256))];

    /// <summary>The highest sealed revision of every date, in the order in which they were made.</summary>
    private async Task<IReadOnlyList<ManifestFile>> SealedAsync(CancellationToken cancellation) =>
        [.. (await new DatasetReader(store).ScanAsync(FolderLayout.Inferences, cancellation))
            .Where(dataset => dataset is { Condition: DatasetCondition.Sealed, Revision: not null })
            .GroupBy(dataset => DateOf(dataset.Folder).Date).Select(date => date.MaxBy(dataset => dataset.Revision)!.Manifest!)
            .OrderBy(file => file.Manifest.Created).ThenBy(file => file.Manifest.Folder, KeyOrder.Instance)];

    /// <summary>The columns of all dates: by the log, and where there is none that can be read, by the manifests.</summary>
    private async Task<DeltaSchema> PublishedColumnsAsync(CancellationToken cancellation)
    {
        try
        {
            DeltaState state = await TailAsync(cancellation);
            if (state.Last >= 0) return (await MetaDataAsync(state, cancellation)).Schema;
        }
        catch (DatasetException e) when (e.Is(DatasetErrors.DeltaLogDamaged))
        {
            // The publish will tell.
        }

        DeltaSchema all = new([]);
        foreach (Manifest manifest in (await SealedAsync(cancellation)).Where(DeltaSchema.Fits).Select(file => file.Manifest))
            all = all.With(DeltaSchema.Of(manifest.Folder, manifest.Columns), manifest.Folder);
        return all;
    }

    private async Task<DeltaEntry> NextAsync(
        ManifestFile manifest, DeltaState state, IReadOnlyList<DeltaFile> old, CancellationToken cancellation)
    {
        (RunDate date, int revision) = DateOf(manifest.Manifest.Folder);
        long version = state.Last + 1;
        DeltaMetaData? metaData = await NewColumnsAsync(manifest, state, cancellation);
        DeltaDates dates = state.Index.Dates.With(date, revision, version);
        return new DeltaEntry(version, FilesOf(manifest.Manifest), old)
        {
            MetaData = metaData,
            Transaction = ($"run_date={date}", revision),
            Index = metaData is null
                ? state.Index with { Dates = dates }
                : new DeltaIndex(dates, version, metaData.Schema.Fingerprint),
        };
    }

    /// <summary>What the entry must say of the table's columns; null: they stay.</summary>
    private async Task<DeltaMetaData?> NewColumnsAsync(ManifestFile manifest, DeltaState state, CancellationToken cancellation)
    {
        var own = DeltaSchema.Of(manifest.Manifest.Folder, manifest.Manifest.Columns);
        if (state.Last < 0) return DeltaMetaData.Begin(manifest, own);
        if (own.Fingerprint == state.Index.Schema) return null;
        DeltaMetaData known = await MetaDataAsync(state, cancellation);
        DeltaSchema all = known.Schema.With(own, manifest.Manifest.Folder);
        return ReferenceEquals(all, known.Schema) ? null : known with
        {
            Schema = all,
            Created = manifest.Manifest.Created.ToUnixTimeMilliseconds(),
        };
    }

    private async Task<DeltaMetaData> MetaDataAsync(DeltaState state, CancellationToken cancellation) =>
        state.MetaData ?? (await EntryAsync(state.Index.MetaDataVersion, cancellation)).MetaData
            ?? throw Damaged($"Its entry {state.Index.MetaDataVersion} lacks the columns.");

    /// <returns>False: look again; another entry stands there, or it is not known whose.</returns>
    private async Task<bool> TryPutAsync(DeltaEntry entry, ManifestFile manifest, CancellationToken cancellation)
    {
        try
        {
            return await store.PutAsync(
                Folder + DeltaNames.EntryOf(entry.Version), entry.ToBytes(manifest), PutCondition.IfAbsent, cancellation);
        }
        catch (StoreException e) when (e.Unclear)
        {
            return false;
        }
    }

    private async Task<(long Last, DeltaTable Table)> TableAsync(CancellationToken cancellation)
    {
        long last = await LastAsync(cancellation);
        return (last, DeltaTable.Of(await EntriesAsync(last, cancellation)));
    }

    /// <summary>What the last entry says of the whole table; where it is not ours, all of them are read.</summary>
    private async Task<DeltaState> TailAsync(CancellationToken cancellation)
    {
        long last = await LastAsync(cancellation);
        if (last < 0) return DeltaState.Nothing;
        DeltaEntry entry = await EntryAsync(last, cancellation);
        if (entry.Index is { } index) return new DeltaState(last, index, entry.MetaData);
        (last, DeltaTable table) = await TableAsync(cancellation);
        return table.State(last);
    }

    /// <summary>The files that the log shows of a date.</summary>
    private async Task<IReadOnlyList<DeltaFile>> ActiveAsync(DeltaState state, RunDate date, CancellationToken cancellation)
    {
        if (state.Table is { } table) return table.FilesOf(date);
        return state.Index.Dates.Of(date) is { } shown ? (await EntryAsync(shown.Version, cancellation)).Adds : [];
    }

    /// <summary>The last version, or −1. Entries have no gap.</summary>
    private async Task<long> LastAsync(CancellationToken cancellation)
    {
        long next = 0;
        await foreach (StoredObject found in store.ListAsync(Folder, cancellation))
        {
            string name = found.Key[Folder.Length..];
            if (DeltaNames.VersionOf(name) is null) continue;
            if (name != DeltaNames.EntryOf(next)) throw Damaged($"Its entry {DeltaNames.EntryOf(next)} is missing before {name}.");
            next++;
        }

        return next - 1;
    }

    private async Task<IReadOnlyList<DeltaEntry>> EntriesAsync(long last, CancellationToken cancellation)
    {
        ConcurrentDictionary<long, DeltaEntry> entries = [];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, last + 1, options, async (version, token) =>
            entries[version] = await EntryAsync(version, token));
        return [.. entries.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }

    private async Task<DeltaEntry> EntryAsync(long version, CancellationToken cancellation)
    {
        string key = Folder + DeltaNames.EntryOf(version);
        byte[] bytes = await store.GetAsync(key, cancellation) ?? throw Damaged($"'{key}' is gone.");
        try
        {
            return DeltaEntry.Parse(version, bytes);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Damaged($"'{key}' cannot be read: {e.Message}", e);
        }
    }

    private static DatasetException Damaged(string why, Exception? cause = null) => new(DatasetErrors.DeltaLogDamaged,
        $"The Delta log '{Folder}' is damaged: {why} The scores and their manifests are not touched by this. Move the whole folder "
        + "'_delta_log' away and run recover: it is made again from the manifests.", cause);
}

/// <summary>How the log compares with the manifests.</summary>
/// <param name="Exists">Whether there is a log; roots of older programs have none before recover.</param>
/// <param name="Behind">Folders of sealed revisions that it does not show yet, or not as they are.</param>
/// <param name="Surplus">Keys that it shows and no date's highest sealed revision has.</param>
/// <param name="Unfit">Folders of sealed revisions whose columns no log can show.</param>
public sealed record DeltaLogCheck(
    bool Exists, IReadOnlyList<string> Behind, IReadOnlyList<string> Surplus, IReadOnlyList<string> Unfit);
