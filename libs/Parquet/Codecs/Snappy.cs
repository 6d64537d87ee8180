using System.Runtime.Intrinsics;

namespace BatchScoring.Parquet;

/// <summary>Decompresses the raw snappy format (google/snappy, format_description.txt): a length, then literals and copies.</summary>
internal static unsafe class Snappy
{
    private const int Wide = 16;
    private const int LongestLength = 5;

    /// <summary>Decompresses a page.</summary>
    /// <param name="from">Compressed bytes; readable <see cref="NativeBuffer.Slack"/> beyond.</param>
    /// <param name="length">How many.</param>
    /// <param name="to">Takes the result; writable <see cref="NativeBuffer.Slack"/> beyond, which is used.</param>
    /// <param name="expected">The result's length.</param>
    public static void Decompress(byte* from, long length, byte* to, long expected)
    {
        byte* end = from + length;
        byte* at = from;
        if (ReadLength(ref at, end) != (ulong)expected) ThrowUnsupported.Data("snappy's length is not the header's");
        byte* output = to;
        byte* outputEnd = to + expected;
        while (at < end)
        {
            int tag = *at++;
            if ((tag & 3) == 0)
            {
                long size = (tag >> 2) + 1;
                if (size > 60) size = LongLiteral(ref at, end, (int)size - 60);
                if (size > end - at || size > outputEnd - output) ThrowUnsupported.Data("a snappy literal is too long");
                // Short ones are the rule: two wide moves, of which the slack takes what is too much.
                if (size <= Wide * 2)
                {
                    Vector128.Load(at).Store(output);
                    Vector128.Load(at + Wide).Store(output + Wide);
                }
                else Buffer.MemoryCopy(at, output, size, size);
                at += size;
                output += size;
                continue;
            }

            int count;
            long distance;
            switch (tag & 3)
            {
                case 1:
                    if (end - at < 1) ThrowUnsupported.Data("snappy ends within a copy");
                    count = ((tag >> 2) & 7) + 4;
                    distance = ((tag >> 5) << 8) | *at++;
                    break;
                case 2:
                    if (end - at < 2) ThrowUnsupported.Data("snappy ends within a copy");
                    count = (tag >> 2) + 1;
                    distance = *(ushort*)at;
                    at += 2;
                    break;
                default:
                    if (end - at < 4) ThrowUnsupported.Data("snappy ends within a copy");
                    count = (tag >> 2) + 1;
                    distance = *(uint*)at;
                    at += 4;
                    break;
            }

            if (distance == 0 || distance > output - to || count > outputEnd - output)
                ThrowUnsupported.Data("a snappy copy points outside");
            Copy(output, distance, count);
            output += count;
        }

        if (output != outputEnd) ThrowUnsupported.Data("snappy ends too early");
    }

    /// <summary>Copies up to 64 bytes that may overlap their source: then they repeat it.</summary>
    private static void Copy(byte* output, long distance, int count)
    {
        byte* source = output - distance;
        if (distance >= Wide)
        {
            for (int i = 0; i < count; i += Wide) Vector128.Load(source + i).Store(output + i);
            return;
        }

        for (int i = 0; i < count; i++) output[i] = source[i];
    }

    private static long LongLiteral(ref byte* at, byte* end, int bytes)
    {
        if (end - at < bytes) ThrowUnsupported.Data("snappy ends within a literal's length");
        long size = 0;
        for (int i = 0; i < bytes; i++) size |= (long)at[i] << (8 * i);
        at += bytes;
        return size + 1;
    }

    private static ulong ReadLength(ref byte* at, byte* end)
    {
        ulong value = 0;
        for (int i = 0; i < LongestLength; i++)
        {
            if (at >= end) break;
            byte next = *at++;
            value |= (ulong)(next & 127) << (7 * i);
            if (next < 128) return value;
        }

        ThrowUnsupported.Data("snappy's length does not end");
        return 0;
    }
}
