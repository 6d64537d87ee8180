namespace BatchScoring.Parquet;

/// <summary>
/// The heads of the RLE / bit-packed hybrid (parquet-format, Encodings.md): a run is one value repeated, or values packed in groups of
/// eight.
/// </summary>
internal unsafe struct Runs(byte* start, byte* end, int width)
{
    private readonly byte* _end = end;
    private byte* _at = start;

    /// <summary>Bits of a value.</summary>
    public readonly int Width => width;

    /// <summary>True where the current run is packed.</summary>
    public bool IsPacked { get; private set; }

    /// <summary>Values of the current run that nobody has taken yet.</summary>
    public long Left { get; set; }

    /// <summary>The repeated value.</summary>
    public uint Value { get; private set; }

    /// <summary>Where a packed run's values begin.</summary>
    public byte* Packed { get; private set; }

    /// <summary>Reads the next run's head.</summary>
    public void Next()
    {
        ulong head = 0;
        for (int shift = 0; ; shift += 7)
        {
            if (_at >= _end || shift > 35) ThrowUnsupported.Data("a run's head does not end");
            byte next = *_at++;
            head |= (ulong)(next & 127) << shift;
            if (next < 128) break;
        }

        IsPacked = (head & 1) != 0;
        long count = (long)(head >> 1);
        if (count == 0) ThrowUnsupported.Data("a run is empty");
        if (IsPacked)
        {
            if (count * width > _end - _at) ThrowUnsupported.Data("a packed run is longer than its page");
            Packed = _at;
            Left = count * 8;
            _at += count * width;
            return;
        }

        int bytes = (width + 7) / 8;
        if (bytes > _end - _at) ThrowUnsupported.Data("a repeated run has no value");
        Value = 0;
        for (int i = 0; i < bytes; i++) Value |= (uint)_at[i] << (8 * i);
        _at += bytes;
        Left = count;
    }
}
