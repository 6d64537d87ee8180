using System.Buffers;
using System.Globalization;
using System.Text;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Writes answers as CSV. Doubles are the shortest text that reads back to the same bits.</summary>
internal sealed class CsvAnswers(Stream stream, byte delimiter)
{
    private const int BufferBytes = 1 << 16;
    private const int LongestNumber = 32;

    private readonly SearchValues<byte> _special = SearchValues.Create([delimiter, (byte)'"', (byte)'\r', (byte)'\n']);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;

    public void Write(string? key, IReadOnlyList<AnswerColumn> columns, IEnumerable<ScoredBlock> blocks)
    {
        if (key is not null) Text(Encoding.UTF8.GetBytes(key));
        for (int i = 0; i < columns.Count; i++)
        {
            if (i > 0 || key is not null) Byte(delimiter);
            Text(Encoding.UTF8.GetBytes(columns[i].Name));
        }

        Byte((byte)'\n');
        foreach (ScoredBlock block in blocks)
        {
            for (int row = 0; row < block.Rows; row++) Row(block, row, columns);
        }

        Flush();
        stream.Flush();
    }

    private void Row(ScoredBlock block, int row, IReadOnlyList<AnswerColumn> columns)
    {
        if (block.Key is { } key && !key.IsNull(row)) Text(key.Text(row));
        for (int i = 0; i < columns.Count; i++)
        {
            if (i > 0 || block.Key is not null) Byte(delimiter);
            double value = block.Values[(i * block.Rows) + row];
            if (columns[i].Labels is { } labels) Text(labels.Utf8[(int)value]);
            else Number(value);
        }

        Byte((byte)'\n');
    }

    private void Number(double value)
    {
        if (_used + LongestNumber > BufferBytes) Flush();
        value.TryFormat(_buffer.AsSpan(_used), out int written, "R", CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>Quoted where it must be; an empty text is quoted too, so that it is not taken for a missing one.</summary>
    private void Text(ReadOnlySpan<byte> utf8)
    {
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

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferBytes - _used) Flush();
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
        if (_used == BufferBytes) Flush();
        _buffer[_used++] = value;
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
