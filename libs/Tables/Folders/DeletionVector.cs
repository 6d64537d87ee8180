using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Parquet;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>
/// Where the log says which rows of a data file are gone: in a file beside the data, or in the log itself. The Delta protocol's
/// "Deletion Vectors".
/// </summary>
/// <param name="Storage"><c>u</c>: in a file that is named by a UUID; <c>i</c>: here.</param>
/// <param name="Where">The file's folder and UUID, or the content, in base 85.</param>
/// <param name="Offset">Where in the file it begins.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Rows">How many rows are gone.</param>
internal sealed record DeletionVector(string Storage, string Where, long Offset, int Size, long Rows)
{
    private const int UuidLetters = 20;
    private const int MostBytes = 64 << 20;

    /// <summary>More are not kept in memory.</summary>
    public const long MostRows = 20_000_000;

    /// <summary>What tells one from another.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Storage}{Where}@{Offset}");

    /// <summary>Reads what an action says of it.</summary>
    /// <exception cref="JsonException">It is of another form.</exception>
    /// <exception cref="BatchScoringException"><c>INPUT_LOG_PATH</c>; <c>INPUT_LOG_FEATURE</c>: larger than what is read here.</exception>
    public static DeletionVector Read(JsonElement vector, string log)
    {
        string storage = DeltaJson.Text(vector, "storageType"), where = DeltaJson.Text(vector, "pathOrInlineDv");
        long size = DeltaJson.Number(vector, "sizeInBytes") ?? throw new JsonException("a deletion vector has no size");
        long rows = DeltaJson.Number(vector, "cardinality") ?? throw new JsonException("a deletion vector has no cardinality");
        if (storage == "p") throw DeltaErrors.Outside(log, where);
        if (storage is not ("u" or "i")) throw DeltaErrors.Feature(log, "deletionVectors", $"one is stored as '{storage}'.");
        if (size > MostBytes || rows > MostRows)
        {
            throw DeltaErrors.Feature(log, "deletionVectors", string.Create(CultureInfo.InvariantCulture,
                $"one has {size:N0} bytes and {rows:N0} rows; {MostBytes:N0} and {MostRows:N0} are read at the most."));
        }

        return new DeletionVector(storage, where, DeltaJson.Number(vector, "offset") ?? 0, (int)size, rows);
    }

    /// <summary>The numbers of the rows that are gone, ascending.</summary>
    /// <param name="store">Where the table lies.</param>
    /// <param name="table">The table's folder.</param>
    /// <param name="file">The data file, for messages.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_LOG_DAMAGED</c>, <c>INPUT_LOG_FILE</c>, or what the store says.</exception>
    public async Task<long[]> RowsAsync(IObjectStore store, string table, string file, CancellationToken cancellation)
    {
        try
        {
            byte[] data = Storage == "i" ? Inline() : await FromFileAsync(store, table, cancellation);
            long[] rows = RoaringRows.Read(data, Rows);
            return rows.Length == Rows ? rows : throw new InvalidDataException($"it names {rows.Length} rows, the log says {Rows}");
        }
        catch (InvalidDataException e)
        {
            throw DeltaErrors.Damaged(file, $"the deletion vector that says which of its rows are gone is damaged: {e.Message}.", e);
        }
    }

    private byte[] Inline()
    {
        byte[] data = Base85.Decode(Where);
        return data.Length >= Size ? data[..Size] : throw new InvalidDataException($"it has {data.Length} bytes, the log says {Size}");
    }

    private async Task<byte[]> FromFileAsync(IObjectStore store, string table, CancellationToken cancellation)
    {
        if (Where.Length < UuidLetters) throw new InvalidDataException("its name is too short");
        Guid id = new(Base85.Decode(Where[^UuidLetters..]), bigEndian: true);
        string folder = Where[..^UuidLetters], name = $"deletion_vector_{id:D}.bin";
        string key = table + LoggedFile.Below(folder.Length == 0 ? name : $"{folder}/{name}", table + DeltaNames.Log);
        StoredObject? found = await store.HeadAsync(key, cancellation);
        if (found is null) throw DeltaErrors.File(key, "it is not there.");
        byte[] data = new byte[Size + (2 * sizeof(int))];
        if (Offset > found.Size - data.Length)
            throw new InvalidDataException(FormattableString.Invariant($"{key} ends before it: it has {found.Size} bytes"));
        await store.ReadRangeAsync(key, found.Version, Offset, data, cancellation);
        if (BinaryPrimitives.ReadInt32BigEndian(data) != Size) throw new InvalidDataException($"{key} has another size for it than the log");
        byte[] body = data[sizeof(int)..^sizeof(int)];
        return Crc32.Of(body) == BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan()[^sizeof(int)..])
            ? body
            : throw new InvalidDataException($"its check sum in {key} does not fit");
    }
}
