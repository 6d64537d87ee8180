using System.Globalization;

namespace BatchScoring.SparkJobs.Collect.Sheets;

/// <summary>UTF-8 text to a stream, without a string in between.</summary>
internal sealed class Utf8Sink(Stream stream)
{
    /// <summary>More than any number needs.</summary>
    private const int NumberBytes = 512;

    private readonly byte[] _buffer = new byte[1 << 16];
    private int _length;

    public void Put(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > _buffer.Length - _length) Flush();
        if (utf8.Length > _buffer.Length)
        {
            stream.Write(utf8);
            return;
        }

        utf8.CopyTo(_buffer.AsSpan(_length));
        _length += utf8.Length;
    }

    public void Put(byte letter) => Put([letter]);

    /// <summary>A number or date as programs spell it: shortest form that reads back the same, with a point.</summary>
    /// <returns>What was written; may be changed until the next call.</returns>
    public Span<byte> Put<T>(T value, ReadOnlySpan<char> format = default) where T : IUtf8SpanFormattable
    {
        if (NumberBytes > _buffer.Length - _length) Flush();
        Span<byte> room = _buffer.AsSpan(_length);
        if (!value.TryFormat(room, out int written, format, CultureInfo.InvariantCulture))
            throw new ArgumentException($"{value} takes more than {NumberBytes} bytes.", nameof(value));
        _length += written;
        return room[..written];
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}
