namespace BatchScoring.Parquet;

/// <summary>CRC-32 as gzip computes it (ISO 3309, reflected polynomial 0xEDB88320), sixteen bytes at a time.</summary>
public static unsafe class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 16;

    private static readonly uint[] _tables = MakeTables();

    /// <summary>The check sum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes) return Of(first, bytes.Length);
    }

    internal static uint Of(byte* bytes, long length)
    {
        uint crc = ~0u;
        fixed (uint* table = _tables)
        {
            for (; length >= Slices; bytes += Slices, length -= Slices)
            {
                uint first = *(uint*)bytes ^ crc;
                crc = Four(table + (12 * 256), first) ^ Four(table + (8 * 256), ((uint*)bytes)[1])
                    ^ Four(table + (4 * 256), ((uint*)bytes)[2]) ^ Four(table, ((uint*)bytes)[3]);
            }

            for (; length > 0; bytes++, length--) crc = table[(byte)(crc ^ *bytes)] ^ (crc >> 8);
        }

        return ~crc;
    }

    /// <summary>Four bytes, the first of which is furthest from the end.</summary>
    private static uint Four(uint* table, uint word) =>
        table[(3 * 256) + (byte)word] ^ table[(2 * 256) + (byte)(word >> 8)] ^ table[256 + (byte)(word >> 16)] ^ table[word >> 24];

    /// <summary>Table s advances a byte over s further zero bytes.</summary>
    private static uint[] MakeTables()
    {
        uint[] tables = new uint[Slices * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            tables[i] = value;
        }

        for (int i = 256; i < tables.Length; i++) tables[i] = tables[(byte)tables[i - 256]] ^ (tables[i - 256] >> 8);
        return tables;
    }
}
