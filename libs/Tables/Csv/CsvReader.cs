using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Tables.Csv;

/// <summary>
/// Reads a table written as text, row after row, block by block. Memory stays flat however long the table is.
/// </summary>
/// <remarks>The rules stand in docs/user/csv.md. Open it, choose from <see cref="Names"/> what is <see cref="Want">wanted</see>, then call
/// <see cref="Next"/> until it says no. Not thread safe; several readers may work at once.</remarks>
public sealed class CsvReader : IDisposable
{
    private const int Portion = 512 << 10;
    private const int Capacity = 1 << 20;
    private const int Segment = 512 << 10;

    private readonly string _file;
    private readonly Stream _source;
    private readonly CsvReaderOptions _options;
    private readonly CsvScanner _scanner;
    private readonly CsvCursor _cursor;
    private readonly SafeFileHandle? _plain;
    private CsvSegments? _segments;
    private CsvBlock? _block;

    private CsvReader(Stream source, string file, CsvDialect dialect, SafeFileHandle? plain, CsvReaderOptions options)
    {
        (_source, _file, Dialect, _plain, _options) = (source, file, dialect, plain, options);
        var text = new CsvText(source, options.Capacity ?? Capacity, options.Portion ?? Portion);
        _scanner = CsvScanner.Create(dialect, options.Scanner);
        (Names, int next, long line) = CsvHeader.Read(text, dialect, file);
        _cursor = new CsvCursor(text, _scanner, new CsvTile(Names.Count)) { At = next, Line = line };
    }

    /// <summary>The columns' names, as the header spells them; one of them may be empty.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How the table is written.</summary>
    public CsvDialect Dialect { get; }

    /// <summary>The block that <see cref="Next"/> has read.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public CsvBlock Block => _block ?? throw new InvalidOperationException("There is no block: say what is wanted, and call Next.");

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">A plain file, or one that gzip has packed; its first bytes tell.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="file">What messages call it; null for the path.</param>
    /// <exception cref="Core.BatchScoringException">There is no such file, it is no text in UTF-8, or its first line names no columns or
    /// one of them twice.</exception>
    public static CsvReader Open(string path, CsvDialect dialect, string? file = null) => Open(path, dialect, file ?? path, new());

    /// <summary>Opens a stream, which need not know its length or be able to go back, and reads its header.</summary>
    /// <param name="stream">Plain text or packed by gzip; the reader disposes of it.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="Core.BatchScoringException">As for a file.</exception>
    public static CsvReader Open(Stream stream, CsvDialect dialect, string file) => Open(stream, dialect, file, new());

    /// <summary>Chooses what is read; once, before the first block.</summary>
    /// <param name="columns">The columns, in any order; a column may be wanted twice.</param>
    /// <param name="threads">Threads that read a plain file; what gzip has packed, and streams, are read by one. The answers, messages
    /// among them, are the same.</param>
    public void Want(IReadOnlyList<CsvWanted> columns, int threads = 1)
    {
        if (columns.Any(column => column.Column < 0 || column.Column >= Names.Count))
            throw new ArgumentException($"The table has {Names.Count} columns.", nameof(columns));
        (int segment, int portion) = (_options.Segment ?? Segment, _options.Portion ?? Portion);
        if (_plain is not null && threads > 1 && RandomAccess.GetLength(_plain) - _cursor.Offset > segment)
        {
            _segments = new CsvSegments(_plain, _cursor.Offset, _cursor.Line, segment, threads,
                () => new CsvSegment(_scanner, columns, Names.Count, segment, portion));
        }
        else _block = new CsvBlock(columns, Dialect.Quotes);
    }

    /// <summary>Reads the next rows.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="Core.BatchScoringException">The next row is faulty, or the file cannot be read on.</exception>
    public bool Next()
    {
        try
        {
            if (_segments is null ? _cursor.Next(Block, long.MaxValue, keepAll: false) : (_block = _segments.Next()) is not null)
                return true;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw CsvErrors.Reading(_file, e);
        }

        return (_segments is null ? _cursor.Fault : _segments.Fault) is { } fault ? throw CsvErrors.Of(fault, _file, Names) : false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segments?.Dispose();
        _source.Dispose();
    }

    internal static CsvReader Open(string path, CsvDialect dialect, string file, CsvReaderOptions options)
    {
        FileStream plain = CsvSource.OpenFile(path, file);
        return Open(plain, dialect, file, options);
    }

    internal static CsvReader Open(Stream stream, CsvDialect dialect, string file, CsvReaderOptions options)
    {
        Stream source = CsvSource.Open(stream, file, out bool isPacked);
        try
        {
            return new CsvReader(source, file, dialect, stream is FileStream { CanSeek: true } plain && !isPacked
                ? plain.SafeFileHandle
                : null, options);
        }
        catch (Exception e)
        {
            source.Dispose();
            if (e is InvalidDataException or IOException) throw CsvErrors.Reading(file, e);
            throw;
        }
    }
}
