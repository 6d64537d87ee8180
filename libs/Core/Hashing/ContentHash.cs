using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace BatchScoring.Core;

/// <summary>
/// The 128-bit content hash of a set of rows with their count: the sum, modulo 2^128, of every row's hash. Independent of row order, of
/// how rows are cut into splits, and of the engine. Proves equality, not absence of tampering (SHA-256 of the parts does that).
/// </summary>
/// <param name="Sum">Sum of the row hashes modulo 2^128.</param>
/// <param name="Rows">How many rows were added.</param>
[JsonConverter(typeof(ContentHashJsonConverter))]
public readonly record struct ContentHash(UInt128 Sum, long Rows)
{
    /// <summary>
    /// The content hash of a file that is no table: the first 128 bits of the SHA-256 of what decides whether two are the same, and no
    /// rows.
    /// </summary>
    /// <param name="result">Those bytes.</param>
    public static ContentHash OfFile(ReadOnlySpan<byte> result) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(result)), Rows: 0);

    /// <summary>Joins two disjoint sets of rows.</summary>
    public static ContentHash operator +(ContentHash a, ContentHash b) => new(unchecked(a.Sum + b.Sum), a.Rows + b.Rows);

    /// <summary>32 hex digits, a colon, the row count: <c>00…ff:6000</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sum:x32}:{Rows}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static ContentHash Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon != 32) throw new FormatException($"'{text}' is not a content hash: 32 hex digits, a colon and a row count are needed.");
        return new ContentHash(
            UInt128.Parse(text.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            long.Parse(text.AsSpan(33), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
