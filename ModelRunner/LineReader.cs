using BatchScoring.Core;

namespace BatchScoring.ModelRunner;

/// <summary>Lines of a byte stream, ended by LF (a CR before it does not count; the last line may lack it).</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>A task spec names up to some 100,000 duplicate rows; more than this is no line of ours.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next line, void at the next call; null at the end.</summary>
    /// <exception cref="BatchScoringException">Code <c>LINE_TOO_LONG</c>.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        int searched = _start;
        while (true)
        {
            int at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                ReadOnlyMemory<byte> line = Line(searched + at);
                _start = searched + at + 1;
                return line;
            }

            searched = _end;
            if (_end == _buffer.Length) searched -= MakeRoom();
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            _end += read;
            if (read > 0) continue;
            if (_start == _end) return null;
            ReadOnlyMemory<byte> last = Line(_end);
            _start = _end;
            return last;
        }
    }

    private ReadOnlyMemory<byte> Line(int end) =>
        _buffer.AsMemory(_start, (end > _start && _buffer[end - 1] == '\r' ? end - 1 : end) - _start);

    /// <returns>By how much everything moved towards the start.</returns>
    private int MakeRoom()
    {
        int moved = _start;
        if (_start == 0)
        {
            if (_buffer.Length >= MaxBytes)
                throw new BatchScoringException(RunnerErrors.LineTooLong,
                    $"A line of stdin is longer than {MaxBytes:N0} bytes. Cut smaller splits.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        else
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        return moved;
    }
}
