namespace BatchScoring.Parquet;

/// <summary>Hands out a page's dictionary indices in any portions.</summary>
internal unsafe struct IndexReader
{
    private const int Group = 8;

    private Runs _runs;
    private long _taken;

    public void Open(byte* start, long length)
    {
        if (length < 1) ThrowUnsupported.Data("a page of indices is empty");
        if (*start > DecodeKernels.MostWidth)
            ThrowUnsupported.Data($"indices have {*start} bits, read are up to {DecodeKernels.MostWidth}");
        _runs = new Runs(start + 1, start + length, *start);
        _taken = 0;
    }

    public void Read(DecodeKernels kernels, uint* to, int count)
    {
        if (_runs.Width == 0)
        {
            // Nothing is left to say, and some writers end the page here.
            new Span<uint>(to, count).Clear();
            return;
        }

        while (count > 0)
        {
            if (_runs.Left == 0)
            {
                _runs.Next();
                _taken = 0;
            }

            int portion = (int)Math.Min(count, _runs.Left);
            if (_runs.IsPacked) Unpack(kernels, to, portion);
            else new Span<uint>(to, portion).Fill(_runs.Value);
            _runs.Left -= portion;
            _taken += portion;
            to += portion;
            count -= portion;
        }
    }

    /// <summary>Vectors begin at whole groups; what a portion before left of one is taken singly.</summary>
    private readonly void Unpack(DecodeKernels kernels, uint* to, int count)
    {
        int width = _runs.Width;
        long position = _taken;
        for (; (position & (Group - 1)) != 0 && count > 0; position++, count--)
        {
            long bit = position * width;
            *to++ = (uint)((*(ulong*)(_runs.Packed + (bit >> 3)) >> (int)(bit & 7)) & ((1ul << width) - 1));
        }

        if (count > 0) kernels.Unpack(_runs.Packed + (position / Group * width), width, count, to);
    }
}
