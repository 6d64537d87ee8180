using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Tables.Csv;

/// <summary>
/// The rows of a plain file, in their order, read by several threads. The file is cut at fixed places, and where the first row behind each
/// begins is guessed; when the rows before are read, it is known, and a segment that began wrongly is read again. So rows, messages and
/// bits are those of one thread.
/// </summary>
/// <remarks>One thread takes the blocks. Dispose it before the file is closed.</remarks>
internal sealed class CsvSegments : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly int _bytes;
    private readonly long _first;
    private readonly int _count;
    private readonly Queue<Task<CsvSegment>> _running = [];
    private CsvSegment? _current;
    private CsvSegment _spare;
    private int _started;
    private int _block;
    private long _next;
    private long _rows;
    private long _line;

    /// <param name="file">The file.</param>
    /// <param name="from">Where the first row begins.</param>
    /// <param name="line">Its line.</param>
    /// <param name="bytes">Bytes of a segment.</param>
    /// <param name="threads">Segments that are read at once, while the blocks of one more are taken.</param>
    /// <param name="create">Makes an empty segment.</param>
    public CsvSegments(SafeFileHandle file, long from, long line, int bytes, int threads, Func<CsvSegment> create)
    {
        (_file, _first, _next, _line, _bytes) = (file, from, from, line, bytes);
        _count = (int)((Math.Max(1, RandomAccess.GetLength(file) - from) + bytes - 1) / bytes);
        for (int i = 0; i < threads; i++) Start(create());
        _spare = create();
    }

    /// <summary>What is wrong behind the last row.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>The next block; it ends with the next but one.</summary>
    /// <returns>Null at the end.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public CsvBlock? Next()
    {
        while (_current is null || _block == _current.Count)
        {
            if (Fault is not null || !Advance()) return null;
        }

        CsvBlock block = _current.Block(_block++);
        block.Shift(_rows - _current.Rows, _line - _current.Lines);
        return block;
    }

    /// <inheritdoc/>
    public void Dispose() => Task.WhenAll(_running).ContinueWith(_ => { }, TaskScheduler.Default).Wait();

    private bool Advance()
    {
        if (_current?.Fault is { } fault)
        {
            Fault = fault with { Line = fault.Line + _line - _current.Lines };
            return false;
        }

        (_spare, _current) = (_current ?? _spare, null);
        if (_running.Count == 0) return false;
        _current = _running.Dequeue().GetAwaiter().GetResult();
        // While one is taken, as many as there are threads are read.
        Start(_spare);
        if (_current.From != _next) _current.ReadFrom(_file, _next, _current.Until);
        (_next, _block) = (_current.Next, 0);
        _rows += _current.Rows;
        _line += _current.Lines;
        return true;
    }

    private void Start(CsvSegment segment)
    {
        if (_started == _count) return;
        int index = _started++;
        long from = _first + ((long)index * _bytes);
        long until = index + 1 == _count ? long.MaxValue : from + _bytes;
        _running.Enqueue(Task.Run(() =>
        {
            if (index == 0) segment.ReadFrom(_file, from, until);
            else segment.ReadNear(_file, from, until);
            return segment;
        }));
    }
}
