using BatchScoring.Parquet;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Unit.Parquet;

/// <summary>Both ways to decompress zstd: what one reads the other reads, what one refuses the other refuses.</summary>
public sealed unsafe class ZstdTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(300_000)]
    public void DecompressManaged_WhatTheSystemsLibraryWrote_IsTheSame(int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * i >> 7))];
        byte[] compressed = TestCodecs.Compress(Codecs.Zstd, bytes);

        Decompress(compressed, length).ShouldBe(bytes);
    }

    [Fact]
    public void DecompressManaged_CutOrOfAnotherLength_IsRefused()
    {
        byte[] compressed = TestCodecs.Compress(Codecs.Zstd, new byte[5_000]);

        Decompress(compressed[..^1], 5_000).ShouldBeNull();
        Decompress(compressed, 4_999).ShouldBeNull();
        Decompress(compressed, 5_001).ShouldBeNull();
    }

    private static byte[]? Decompress(byte[] compressed, int expected)
    {
        using Zstd zstd = new();
        byte[] result = new byte[expected];
        fixed (byte* from = compressed)
        fixed (byte* to = result)
            return zstd.DecompressManaged(from, compressed.Length, to, expected) ? result : null;
    }
}
