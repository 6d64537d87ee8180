using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Tables.Csv;

/// <summary>The rows that begin in a part of a file, as blocks; their text stays in memory until the segment is used again.</summary>
/// <remarks>Not thread safe, but one thread may fill it and another read it.</remarks>
internal sealed class CsvSegment(CsvScanner scanner, IReadOnlyList<CsvWanted> wanted, int width, int bytes, int portion)
{
    private readonly CsvText _text = new(Stream.Null, bytes + (2 * portion), portion);
    private readonly CsvTile _tile = new(width);
    private readonly List<CsvBlock> _blocks = [];

    /// <summary>How many blocks it has.</summary>
    public int Count { get; private set; }

    /// <summary>Where its first row begins in the file.</summary>
    public long From { get; private set; }

    /// <summary>Where the first row behind it begins.</summary>
    public long Next { get; private set; }

    /// <summary>Rows that begin here or later are not its own.</summary>
    public long Until { get; private set; }

    public long Rows { get; private set; }

    public long Lines { get; private set; }

    /// <summary>What is wrong with the row behind its last; the line counts from the segment's first.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>One of its blocks; its rows and lines count from the segment's first.</summary>
    public CsvBlock Block(int index) => _blocks[index];

    /// <summary>Reads the rows from a place on at which one may begin or not.</summary>
    public void ReadNear(SafeFileHandle file, long from, long until)
    {
        _text.Restart(new FilePart(file, from - 1), from - 1);
        Read(CsvGuess.FirstRow(_text, scanner.Dialect, width), until);
    }

    /// <summary>Reads the rows from one on.</summary>
    public void ReadFrom(SafeFileHandle file, long from, long until)
    {
        _text.Restart(new FilePart(file, from), from);
        Read(0, until);
    }

    private void Read(int at, long until)
    {
        var cursor = new CsvCursor(_text, scanner, _tile) { At = at, Line = 0 };
        (Count, From, Until) = (0, cursor.Offset, until);
        while (true)
        {
            if (Count == _blocks.Count) _blocks.Add(new CsvBlock(wanted, scanner.Dialect.Quotes));
            if (!cursor.Next(_blocks[Count], until, keepAll: true)) break;
            Count++;
        }

        (Next, Rows, Lines, Fault) = (cursor.Offset, cursor.Rows, cursor.Line, cursor.Fault);
    }
}
