namespace BatchScoring.DataGen.Random;

/// <summary>One random 32-bit word per row: word <c>row % 4</c> of Philox at counter (row / 4, stream), keyed by the seed.</summary>
/// <param name="seed">The table's seed.</param>
/// <param name="stream">Which of the table's independent streams, see <see cref="Streams"/>.</param>
internal readonly struct RowStream(ulong seed, uint stream)
{
    /// <summary>Fills the words of consecutive rows.</summary>
    /// <param name="firstRow">A multiple of 4.</param>
    /// <param name="words">One per row; the length is a multiple of 4.</param>
    public void Fill(long firstRow, Span<uint> words)
    {
        (uint k0, uint k1) = ((uint)seed, (uint)(seed >> 32));
        ulong counter = (ulong)firstRow >> 2;
        for (int i = 0; i + 3 < words.Length; i += 4, counter++)
            (words[i], words[i + 1], words[i + 2], words[i + 3]) = Philox.Generate((uint)counter, (uint)(counter >> 32), stream, 0, k0, k1);
    }

    /// <summary>The word of one row.</summary>
    public uint At(long row)
    {
        ulong counter = (ulong)row >> 2;
        (uint w0, uint w1, uint w2, uint w3) =
            Philox.Generate((uint)counter, (uint)(counter >> 32), stream, 0, (uint)seed, (uint)(seed >> 32));
        return (row & 3) switch { 0 => w0, 1 => w1, 2 => w2, _ => w3 };
    }
}
