using System.Buffers.Binary;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>The encodings, as plainly as the format's description has them.</summary>
internal static class TestEncoders
{
    public static byte[] Plain(IReadOnlyList<ulong> values, int width)
    {
        if (width == 0) return Pack(values, 1);
        byte[] bytes = new byte[values.Count * width];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(values[i / width] >> (8 * (i % width)));
        return bytes;
    }

    public static byte[] Split(IReadOnlyList<ulong> values, int width)
    {
        byte[] bytes = new byte[values.Count * width];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(values[i % values.Count] >> (8 * (i / values.Count)));
        return bytes;
    }

    /// <summary>The RLE / bit-packed hybrid; where a value repeats, chance decides between both forms.</summary>
    public static byte[] Hybrid(IReadOnlyList<ulong> values, int width, Random random)
    {
        var bytes = new List<byte>();
        for (int at = 0; at < values.Count;)
        {
            int same = 1;
            while (at + same < values.Count && values[at + same] == values[at]) same++;
            if (random.Next(3) == 0 || (same >= 8 && random.Next(4) > 0))
            {
                Varint(bytes, (ulong)same << 1);
                for (int i = 0; i < (width + 7) / 8; i++) bytes.Add((byte)(values[at] >> (8 * i)));
                at += same;
                continue;
            }

            int groups = Math.Min(random.Next(1, 40), (values.Count - at + 7) / 8);
            var packed = Enumerable.Range(at, groups * 8).Select(i => i < values.Count ? values[i] : 0).ToList();
            Varint(bytes, ((ulong)groups << 1) | 1);
            bytes.AddRange(Pack(packed, width));
            at += groups * 8;
        }

        return [.. bytes];
    }

    public static byte[] Delta(IReadOnlyList<ulong> values, int width)
    {
        const int block = 128, miniblock = 32;
        long[] signed = values.Select(value => width == 4 ? (int)value : (long)value).ToArray();
        var bytes = new List<byte>();
        Varint(bytes, block);
        Varint(bytes, block / miniblock);
        Varint(bytes, (ulong)signed.Length);
        Varint(bytes, ZigZag(signed.Length > 0 ? signed[0] : 0));
        for (int first = 1; first < signed.Length; first += block)
        {
            int count = Math.Min(block, signed.Length - first);
            long[] deltas = Enumerable.Range(first, count).Select(i => unchecked(signed[i] - signed[i - 1])).ToArray();
            long least = deltas.Min();
            Varint(bytes, ZigZag(least));
            ulong[] rest = deltas.Select(delta => unchecked((ulong)(delta - least))).Concat(Enumerable.Repeat(0ul, block - count))
                .ToArray();
            ulong[][] minis = rest.Chunk(miniblock).ToArray();
            int[] widths = minis.Select(mini => 64 - System.Numerics.BitOperations.LeadingZeroCount(mini.Max())).ToArray();
            bytes.AddRange(widths.Select(bits => (byte)bits));
            for (int i = 0; i < minis.Length; i++)
                if (i * miniblock < count) bytes.AddRange(Pack(minis[i], widths[i]));
        }

        return [.. bytes];
    }

    public static byte[] Prefixed(byte[] bytes)
    {
        byte[] result = new byte[bytes.Length + 4];
        BinaryPrimitives.WriteInt32LittleEndian(result, bytes.Length);
        bytes.CopyTo(result, 4);
        return result;
    }

    private static byte[] Pack(IReadOnlyList<ulong> values, int width)
    {
        byte[] bytes = new byte[((values.Count * width) + 7) / 8];
        for (int i = 0; i < values.Count * width; i++)
            if ((values[i / width] >> (i % width) & 1) != 0) bytes[i / 8] |= (byte)(1 << (i % 8));
        return bytes;
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static void Varint(List<byte> bytes, ulong value)
    {
        for (; value > 127; value >>= 7) bytes.Add((byte)(value | 128));
        bytes.Add((byte)value);
    }
}
