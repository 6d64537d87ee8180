namespace BatchScoring.Tables.Csv;

/// <summary>Byte by byte: for processors without vectors, and what the other ways are held against.</summary>
internal readonly unsafe struct ScalarMasks : ICsvMasks
{
    public static CsvMasks Of(byte* from, byte delimiter) =>
        new(Find(from, delimiter), Find(from, (byte)'\n'), Find(from, (byte)'\r'), Find(from, (byte)'"'));

    private static ulong Find(byte* from, byte wanted)
    {
        ulong found = 0;
        for (int i = 0; i < 64; i++)
        {
            if (from[i] == wanted) found |= 1UL << i;
        }

        return found;
    }
}
