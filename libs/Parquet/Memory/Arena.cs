using System.Runtime.InteropServices;

namespace BatchScoring.Parquet;

/// <summary>
/// Memory that is handed out piece by piece and taken back all at once: one row group's pages. Segments are kept from row group to row
/// group, because the first touch of fresh memory costs more than decoding into it.
/// </summary>
/// <param name="budget">What limits it.</param>
internal sealed unsafe partial class Arena(MemoryBudget budget) : IDisposable
{
    private const long SegmentBytes = 4 << 20;
    private const int HugePage = 2 << 20;
    private const int Line = 64;
    private const int AdviseHugePages = 14;

    private readonly List<(nint Start, long Size)> _segments = [];
    private int _segment = -1;
    private byte* _at;
    private byte* _end;

    ~Arena() => Free();

    /// <summary>Bytes of all segments.</summary>
    public long Size { get; private set; }

    /// <summary>
    /// Takes a piece that starts at a cache line and may be overrun by <see cref="NativeBuffer.Slack"/> bytes; not cleared.
    /// </summary>
    /// <exception cref="UnsupportedException">The cap does not allow it.</exception>
    public byte* Take(long bytes)
    {
        if (bytes < 0 || bytes > budget.Cap) ThrowUnsupported.Memory(bytes, budget.Cap);
        long needed = ((bytes + NativeBuffer.Slack + Line - 1) & -Line) + Line;
        while (needed > _end - _at)
        {
            if (_segment + 1 == _segments.Count || !FitsNext(needed)) Grow(needed);
            _segment++;
            _at = (byte*)_segments[_segment].Start;
            _end = _at + _segments[_segment].Size;
        }

        byte* piece = _at;
        // An odd number of lines between pieces: columns of equal size would otherwise share the same few places in the cache.
        _at += needed;
        return piece;
    }

    /// <summary>Takes everything back.</summary>
    public void Reset()
    {
        _segment = -1;
        _at = _end = null;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);

    /// <summary>Whether one of the segments that are left holds the piece; smaller ones are passed over.</summary>
    private bool FitsNext(long needed)
    {
        for (int i = _segment + 1; i < _segments.Count; i++)
            if (_segments[i].Size >= needed) return true;
        return false;
    }

    private void Grow(long needed)
    {
        long size = Math.Max(SegmentBytes, (needed + HugePage - 1) & -HugePage);
        if (!budget.Allows(size)) size = needed;
        if (!budget.Allows(size)) FreeFrom(_segment + 1); // A row group before has left pieces of another size.
        budget.Reserve(size);
        void* start = NativeMemory.AlignedAlloc((nuint)size, HugePage);
        // A wish: where the system does not grant it, pages are small and everything works as well.
        _ = Advise(start, (nuint)size, AdviseHugePages);
        _segments.Insert(_segment + 1, ((nint)start, size));
        Size += size;
    }

    private void FreeFrom(int first)
    {
        foreach ((nint start, long size) in _segments.Skip(first))
        {
            NativeMemory.AlignedFree((void*)start);
            budget.Release(size);
            Size -= size;
        }

        _segments.RemoveRange(first, _segments.Count - first);
    }

    private void Free()
    {
        FreeFrom(0);
        Reset();
    }
}
