namespace BatchScoring.Parquet;

/// <summary>
/// DELTA_BINARY_PACKED (parquet-format, Encodings.md): differences in blocks of miniblocks, each with a width of its own.
/// </summary>
internal unsafe ref struct DeltaReader(byte* start, long length)
{
    private const int MostBlock = 1 << 16;
    private const int MostMiniblocks = 512;

    private readonly byte* _end = start + length;
    private byte* _at = start;

    /// <summary>Decodes all values of a page.</summary>
    /// <param name="count">How many there must be, 1 or more.</param>
    /// <param name="to">Takes them; sums wrap around at 64 bits, of which a narrower type takes the low ones: some writers use 33 bits for
    /// differences of 32.</param>
    public void Read(int count, long* to)
    {
        ulong block = Varint();
        ulong miniblocks = Varint();
        ulong total = Varint();
        long value = ZigZag();
        if (block == 0 || block > MostBlock || miniblocks == 0 || miniblocks > MostMiniblocks || block % miniblocks != 0
            || block / miniblocks % 32 != 0)
            ThrowUnsupported.Data($"delta blocks of {block} values in {miniblocks} miniblocks do not exist");
        if (total != (ulong)count) ThrowUnsupported.Data($"delta has {total} values, due are {count}");
        *to++ = value;
        int left = count - 1;
        int size = (int)(block / miniblocks);
        while (left > 0)
        {
            long least = ZigZag();
            if ((ulong)(_end - _at) < miniblocks) ThrowUnsupported.Data("delta ends within a block's head");
            byte* widths = _at;
            _at += miniblocks;
            for (int miniblock = 0; miniblock < (int)miniblocks && left > 0; miniblock++)
            {
                int width = widths[miniblock];
                if (width > 64) ThrowUnsupported.Data($"delta has a width of {width} bits");
                if ((long)size * width / 8 > _end - _at) ThrowUnsupported.Data("delta ends within a miniblock");
                int portion = Math.Min(size, left);
                for (int i = 0; i < portion; i++) *to++ = value = unchecked(value + least + (long)Bits(_at, (long)i * width, width));
                left -= portion;
                _at += (long)size * width / 8;
            }
        }
    }

    /// <summary>Up to 64 bits; nine bytes may be read.</summary>
    private static ulong Bits(byte* from, long bit, int width)
    {
        if (width == 0) return 0;
        int shift = (int)(bit & 7);
        byte* bytes = from + (bit >> 3);
        ulong value = *(ulong*)bytes >> shift;
        if (shift + width > 64) value |= (ulong)bytes[8] << (64 - shift);
        return value & (ulong.MaxValue >> (64 - width));
    }

    private long ZigZag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_at >= _end) ThrowUnsupported.Data("delta ends within a number");
            byte next = *_at++;
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }

        ThrowUnsupported.Data("a delta number does not end");
        return 0;
    }
}
