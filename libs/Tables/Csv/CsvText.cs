using System.Text.Unicode;

namespace BatchScoring.Tables.Csv;

/// <summary>The part of a text that is at hand: read in portions, checked to be UTF-8, moved on as rows are done with.</summary>
/// <remarks>Not thread safe.</remarks>
/// <param name="source">Where the bytes come from; decompressed.</param>
/// <param name="capacity">Bytes to have room for at first; a longer row makes more.</param>
/// <param name="portion">Bytes to read at once.</param>
internal sealed unsafe class CsvText(Stream source, int capacity, int portion)
{
    /// <summary>The longest row.</summary>
    public const int MaxRowBytes = 1 << 30;

    /// <summary>Readable behind the limit: whole vectors, and <see cref="CellNumber.Readable"/>.</summary>
    private const int Padding = 128;

    /// <summary>Bytes to read at once where only the rest of a row is wanted.</summary>
    private const int RestOfRow = 4096;

    private Stream _source = source;
    private PinnedArray<byte> _buffer = new(capacity + Padding);
    private int _end;
    private int _checked;

    public byte* Bytes => _buffer.Pointer;

    /// <summary>How far the text is known to be good, and may be cut: no line end is torn in two there.</summary>
    public int Limit { get; private set; }

    /// <summary>
    /// True when the text ends at <see cref="Limit"/>. A line end stands before it then, if need be one that the file lacks.
    /// </summary>
    public bool IsFinal { get; private set; }

    /// <summary>What is wrong at <see cref="Limit"/>; nothing behind it is looked at.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>The first byte's place in the file.</summary>
    public long Origin { get; private set; }

    /// <summary>Begins anew, with another source.</summary>
    public void Restart(Stream next, long origin)
    {
        _source = next;
        (_end, _checked, Limit, IsFinal, Fault, Origin) = (0, 0, 0, false, null, origin);
    }

    /// <summary>Reads the next portion.</summary>
    /// <param name="keep">Text before it may go.</param>
    /// <param name="until">Rows that begin behind this place of the file are others' work: little is read of them.</param>
    /// <returns>How far the text has moved towards the front.</returns>
    public int Fill(int keep, long until = long.MaxValue)
    {
        int moved = MakeRoom(keep);
        int wanted = _end + (int)Math.Min(portion, Math.Max(0, Math.Min(portion, until - Origin - _end)) + RestOfRow);
        while (_end < wanted && !IsFinal)
        {
            int read = _source.Read(_buffer.Span[_end..wanted]);
            _end += read;
            IsFinal = read == 0;
        }

        if (IsFinal && _end > 0 && Bytes[_end - 1] is not ((byte)'\n' or (byte)'\r')) _buffer.Span[_end++] = (byte)'\n';
        _buffer.Span.Slice(_end, Padding - 1).Clear();
        Check();
        return moved;
    }

    private int MakeRoom(int keep)
    {
        int room = _buffer.Length - Padding;
        if (room - _end >= portion) return 0;
        PinnedArray<byte> target = _end - keep + portion <= room
            ? _buffer
            : new PinnedArray<byte>(Grown(room, _end - keep + portion) + Padding);
        _buffer.Span[keep.._end].CopyTo(target.Span);
        _buffer = target;
        _end -= keep;
        _checked -= keep;
        Origin += keep;
        return keep;
    }

    private static int Grown(int room, int needed) => (int)Math.Min(Math.Max(2L * room, needed), MaxRowBytes + (64L << 20));

    private void Check()
    {
        Span<byte> fresh = _buffer.Span[_checked.._end];
        int whole = IsFinal ? fresh.Length : fresh.Length - Utf8Check.Torn(fresh);
        int zero = fresh[..whole].IndexOf((byte)0);
        int good = zero < 0 ? whole : zero;
        if (!Utf8.IsValid(fresh[..good])) (good, zero) = (Utf8Check.FirstBad(fresh[..good]), -1);
        _checked += good;
        Limit = _checked;
        if (good < whole)
        {
            Fault = new CsvFault(zero >= 0 ? CsvFaultKind.Nul : CsvFaultKind.NotUtf8, _checked, Bytes[_checked]);
            IsFinal = false;
        }
        else if (!IsFinal && Limit > 0 && Bytes[Limit - 1] == '\r') Limit--;
    }
}
