using System.Buffers;

namespace BatchScoring.Tables.Csv;

/// <summary>Writes a table as text, cell after cell, in UTF-8: quoted as RFC 4180 has it, rows end in a line feed.</summary>
/// <remarks>Not thread safe. What is written reaches the stream at the latest with <see cref="Flush"/>; the stream stays the caller's.</remarks>
/// <param name="stream">Receives the text.</param>
/// <param name="delimiter">The byte between two cells.</param>
public sealed class CsvWriter(Stream stream, byte delimiter)
{
    private const int BufferBytes = 1 << 16;

    private readonly SearchValues<byte> _special = SearchValues.Create([delimiter, (byte)'"', (byte)'\r', (byte)'\n']);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private bool _isInRow;

    /// <summary>Writes a cell without a value.</summary>
    public void Missing() => Begin();

    /// <summary>Writes a number: the shortest text that reads back to the same bits.</summary>
    public void Number(double value)
    {
        Begin();
        if (_used + ShortestText.MaxLength > BufferBytes) Write();
        _used += ShortestText.Write(value, _buffer.AsSpan(_used));
    }

    /// <summary>Writes a text, quoted where it must be; an empty one is quoted too, so that it is not taken for a missing one.</summary>
    /// <param name="utf8">The text.</param>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Begin();
        if (utf8.Length > 0 && utf8.IndexOfAny(_special) < 0)
        {
            Bytes(utf8);
            return;
        }

        Byte((byte)'"');
        foreach (byte value in utf8)
        {
            if (value == '"') Byte(value);
            Byte(value);
        }

        Byte((byte)'"');
    }

    /// <summary>Ends a row.</summary>
    public void EndRow()
    {
        Byte((byte)'\n');
        _isInRow = false;
    }

    /// <summary>Hands everything to the stream, and flushes it.</summary>
    public void Flush()
    {
        Write();
        stream.Flush();
    }

    private void Begin()
    {
        if (_isInRow) Byte(delimiter);
        _isInRow = true;
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferBytes - _used) Write();
        if (bytes.Length > BufferBytes)
        {
            stream.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Byte(byte value)
    {
        if (_used == BufferBytes) Write();
        _buffer[_used++] = value;
    }

    private void Write()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
