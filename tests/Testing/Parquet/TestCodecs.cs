using System.IO.Compression;
using System.Runtime.InteropServices;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>Compression for files that tests make up.</summary>
public static partial class TestCodecs
{
    public static byte[] Compress(int codec, byte[] bytes, bool isStored = false) => codec switch
    {
        0 => bytes,
        1 => Snappy(bytes),
        2 => Through(bytes, output => new GZipStream(output, isStored ? CompressionLevel.NoCompression : CompressionLevel.Fastest)),
        4 => Through(bytes, output => new BrotliStream(output, CompressionLevel.Fastest)),
        6 => Zstd(bytes),
        7 => Lz4(bytes),
        _ => bytes, // nobody reads it
    };

    /// <summary>All forms that the format has: short and long literals, copies of all three kinds, also overlapping ones.</summary>
    private static byte[] Snappy(byte[] bytes)
    {
        var output = new List<byte>();
        uint length = (uint)bytes.Length;
        for (; length > 127; length >>= 7) output.Add((byte)(length | 128));
        output.Add((byte)length);
        var seen = new Dictionary<uint, int>();
        int literal = 0;
        for (int at = 0; at < bytes.Length;)
        {
            int match = 0;
            int distance = 0;
            if (at + 4 <= bytes.Length)
            {
                uint word = BitConverter.ToUInt32(bytes, at);
                if (seen.TryGetValue(word, out int before))
                {
                    distance = at - before;
                    while (match < 64 && at + match < bytes.Length && bytes[before + match] == bytes[at + match]) match++;
                }

                seen[word] = at;
            }

            if (match < 4)
            {
                at++;
                continue;
            }

            Literal(output, bytes.AsSpan(literal, at - literal));
            Copy(output, distance, match);
            literal = at += match;
        }

        Literal(output, bytes.AsSpan(literal));
        return [.. output];
    }

    private static void Literal(List<byte> output, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        int size = bytes.Length - 1;
        if (size < 60) output.Add((byte)(size << 2));
        else
        {
            int extra = size < 256 ? 1 : size < 65536 ? 2 : 3;
            output.Add((byte)((59 + extra) << 2));
            for (int i = 0; i < extra; i++) output.Add((byte)(size >> (8 * i)));
        }

        output.AddRange(bytes);
    }

    private static void Copy(List<byte> output, int distance, int size)
    {
        if (size < 12 && distance < 2048)
        {
            output.Add((byte)(1 | ((size - 4) << 2) | (distance >> 8 << 5)));
            output.Add((byte)distance);
            return;
        }

        int bytes = distance < 65536 && size % 2 == 0 ? 2 : 4;
        output.Add((byte)((bytes == 2 ? 2 : 3) | ((size - 1) << 2)));
        for (int i = 0; i < bytes; i++) output.Add((byte)(distance >> (8 * i)));
    }

    /// <summary>A block of literals alone, as lz4_raw has them.</summary>
    private static byte[] Lz4(byte[] bytes)
    {
        List<byte> output = [(byte)(Math.Min(bytes.Length, 15) << 4)];
        if (bytes.Length >= 15)
        {
            int left = bytes.Length - 15;
            for (; left >= 255; left -= 255) output.Add(255);
            output.Add((byte)left);
        }

        return [.. output, .. bytes];
    }

    private static byte[] Through(byte[] bytes, Func<Stream, Stream> compress)
    {
        using MemoryStream output = new();
        using (Stream stream = compress(output)) stream.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Zstd(byte[] bytes)
    {
        byte[] output = new byte[bytes.Length + (bytes.Length / 128) + 512];
        nuint size = Compress(output, (nuint)output.Length, bytes, (nuint)bytes.Length, 1);
        return output[..(int)size];
    }

    [LibraryImport("libzstd.so.1", EntryPoint = "ZSTD_compress")]
    private static partial nuint Compress(byte[] target, nuint capacity, byte[] source, nuint length, int level);
}
