namespace BatchScoring.Parquet;

/// <summary>For each width, which bytes hold a value and how far they are shifted.</summary>
internal static class UnpackTables
{
    private const int Widths = DecodeKernels.MostWidth + 1;

    /// <summary>Sixteen values a vector: 64 byte places.</summary>
    public static byte[] Bytes512 { get; } = Make(64, (lane, width) => lane * width / 8);

    /// <summary>
    /// Eight values a vector, four from each half: 32 byte places within their half; the second half begins at value 4's byte.
    /// </summary>
    public static byte[] Bytes256 { get; } = Make(32, (lane, width) => lane < 4 ? lane * width / 8 : (lane * width / 8) - (4 * width / 8));

    /// <summary>Sixteen shifts; the first eight serve the narrower vector too.</summary>
    public static uint[] Shifts { get; } =
        [.. Enumerable.Range(0, Widths).SelectMany(width => Enumerable.Range(0, 16).Select(lane => (uint)(lane * width % 8)))];

    private static byte[] Make(int bytes, Func<int, int, int> firstByte)
    {
        byte[] table = new byte[Widths * bytes];
        for (int i = 0; i < table.Length; i++) table[i] = (byte)(firstByte(i % bytes / 4, i / bytes) + (i % 4));
        return table;
    }
}
