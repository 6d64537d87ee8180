namespace BatchScoring.Parquet;

/// <summary>Decompresses pages; keeps what codecs need from page to page.</summary>
internal sealed unsafe class PageDecompressor : IDisposable
{
    private readonly Zstd _zstd = new();

    public void Decompress(int codec, byte* from, long length, byte* to, long expected)
    {
        if (expected == 0 && length == 0) return;
        if (codec == Codecs.Snappy) Snappy.Decompress(from, length, to, expected);
        else if (codec == Codecs.Zstd) _zstd.Decompress(from, length, to, expected);
        else Declines.Codec(codec);
    }

    public void Dispose() => _zstd.Dispose();
}
