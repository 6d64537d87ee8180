using System.Runtime.InteropServices;

namespace BatchScoring.Parquet;

/// <summary>
/// Memory that is handed out piece by piece and taken back all at once: one row group's pages. Segments are kept from row group to row
/// group, because the first touch of fresh memory costs more than decoding into it.
/// </summary>
internal sealed unsafe partial class Arena : IDisposable
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

    /// <summary>The most bytes that all segments may have together.</summary>
    public long Cap { get; set; }

    /// <summary>Takes a piece that starts at a cache line and may be overrun by <see cref="NativeBuffer.Slack"/> bytes; not cleared.</summary>
    /// <exception cref="DeclineException">The cap does not allow it.</exception>
    public byte* Take(long bytes)
    {
        var needed = ((bytes + NativeBuffer.Slack + Line - 1) & -Line) + Line;
        if (bytes < 0 || needed > Cap) Declines.Memory(bytes, Cap);
        while (needed > _end - _at)
        {
            if (_segment + 1 == _segments.Count) Grow(needed);
            _segment++;
            _at = (byte*)_segments[_segment].Start;
            _end = _at + _segments[_segment].Size;
        }

        var piece = _at;
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

    private void Grow(long needed)
    {
        var size = Math.Max(SegmentBytes, (needed + HugePage - 1) & -HugePage);
        if (Size + size > Cap) size = needed;
        if (Size + size > Cap) Declines.Memory(Size + size, Cap);
        var start = NativeMemory.AlignedAlloc((nuint)size, HugePage);
        // A wish: where the system does not grant it, pages are small and everything works as well.
        _ = Advise(start, (nuint)size, AdviseHugePages);
        _segments.Add(((nint)start, size));
        Size += size;
    }

    private void Free()
    {
        foreach (var (start, _) in _segments) NativeMemory.AlignedFree((void*)start);
        _segments.Clear();
        Size = 0;
        Reset();
    }
}
