using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>One version of somebody's Delta table, by its log alone.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Columns">The table's columns, in their order.</param>
/// <param name="Files">Its files.</param>
internal sealed record DeltaSnapshot(long Version, IReadOnlyList<FolderColumn> Columns, IReadOnlyCollection<LoggedFile> Files)
{
    private const long MostEntryBytes = 256 << 20;
    private const int MostCompared = 1000;

    /// <summary>Reads a version.</summary>
    /// <param name="store">Where the table lies.</param>
    /// <param name="log">The log's folder, ending in a slash.</param>
    /// <param name="wanted">Which version.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_LOG_…</c>, <c>INPUT_VERSION</c>, or what the store says.</exception>
    public static async Task<DeltaSnapshot> ReadAsync(IObjectStore store, string log, WantedVersion wanted, CancellationToken cancellation)
    {
        DeltaLogFiles files = await DeltaLogFiles.ListAsync(store, log, cancellation);
        if (files.Last < 0) throw DeltaErrors.Damaged(log, "the log has no entry.");
        long version = await wanted.OfAsync(store, files, cancellation);
        using var scratch = ScratchFolder.Create("log");
        DeltaReplay state = await PlayAsync(store, files, version, scratch, cancellation);
        string shown = files.EntryOf(version);
        if (state.Protocol is not { } protocol || state.MetaData is not { } data)
            throw DeltaErrors.Damaged(shown, "up to it no entry says what the table is (protocol, metaData).");
        try
        {
            DeltaProtocol.Require(protocol, log);
            IReadOnlyList<FolderColumn> columns = DeltaSchemaText.Read(data, log);
            if (state.Files.GroupBy(file => file.Path, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
                throw DeltaErrors.Damaged(shown, $"{ShownText.Of(twice.Key)} is in it in two states: an action that removes one is missing.");
            return new DeltaSnapshot(version, columns, state.Files);
        }
        catch (JsonException e)
        {
            throw DeltaErrors.Damaged(shown, $"what the log says of the table cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>A file of the log whole, unless it is absurdly large.</summary>
    public static async Task<byte[]> SmallAsync(IObjectStore store, StoredObject file, CancellationToken cancellation)
    {
        if (file.Size > MostEntryBytes)
        {
            throw DeltaErrors.Damaged(file.Key, string.Create(CultureInfo.InvariantCulture,
                $"it has {file.Size:N0} bytes; {MostEntryBytes:N0} are read at the most."));
        }

        return await store.GetAsync(file.Key, cancellation) ?? throw DeltaErrors.Damaged(file.Key, "it went away while the log was read.");
    }

    /// <summary>From the newest checkpoint that can be read, else from the first entry.</summary>
    private static async Task<DeltaReplay> PlayAsync(IObjectStore store, DeltaLogFiles files, long version, ScratchFolder scratch,
        CancellationToken cancellation)
    {
        BatchScoringException? unreadable = null;
        DeltaCheckpoint reader = new(store, files.Folder, scratch);
        foreach (DeltaCheckpointFiles checkpoint in files.Checkpoints.Where(checkpoint => checkpoint.Version <= version))
        {
            DeltaReplay state = new(files.Folder);
            try
            {
                await reader.PlayAsync(checkpoint, state, cancellation);
                await EntriesAsync(store, files, state, checkpoint.Version + 1, version, cancellation);
                return state;
            }
            catch (BatchScoringException e) when (e.Is(TableErrors.InputLogDamaged))
            {
                unreadable ??= e;
            }
        }

        if (unreadable is not null && !files.Entries.ContainsKey(0)) throw unreadable;
        DeltaReplay whole = new(files.Folder);
        await EntriesAsync(store, files, whole, 0, version, cancellation);
        return whole;
    }

    private static async Task EntriesAsync(IObjectStore store, DeltaLogFiles files, DeltaReplay state, long first, long last,
        CancellationToken cancellation)
    {
        // All of them are looked for before one is read.
        for (long version = first; version <= last; version++)
            if (!files.Entries.ContainsKey(version)) throw DeltaErrors.Damaged(files.EntryOf(version), "the entry is missing.");
        ILookup<long, StoredObject> before =
            files.Entries.Where(entry => entry.Key < first).Select(entry => entry.Value).ToLookup(file => file.Size);
        for (long version = first; version <= last; version++)
        {
            StoredObject entry = files.Entries[version];
            byte[] bytes = await SmallAsync(store, entry, cancellation);
            if (await IsCopyAsync(store, entry, bytes, before[entry.Size].Take(MostCompared), cancellation))
                throw DeltaErrors.Damaged(entry.Key, "the entry is a copy of an earlier one.");
            state.Entry(version, entry.Key, bytes);
        }
    }

    /// <summary>Entries before the checkpoint are not played, but one that came again would bring back what was removed since.</summary>
    private static async Task<bool> IsCopyAsync(
        IObjectStore store, StoredObject entry, byte[] bytes, IEnumerable<StoredObject> before, CancellationToken cancellation)
    {
        foreach (StoredObject other in before)
        {
            // In a bucket the ETag tells, without a request.
            bool same = store.LocalPath(other.Key) is null ? other.Version == entry.Version
                : (await SmallAsync(store, other, cancellation)).AsSpan().SequenceEqual(bytes);
            if (same) return true;
        }

        return false;
    }
}
