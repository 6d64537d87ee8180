namespace BatchScoring.Tables.Csv;

/// <summary>
/// Reads a table written as text, row after row, block by block. Memory stays flat however long the table is.
/// </summary>
/// <remarks>The rules stand in docs/user/csv.md. Open it, choose from <see cref="Names"/> what is <see cref="Want">wanted</see>, then call
/// <see cref="Next"/> until it says no. Not thread safe; several readers may work at once.</remarks>
public sealed class CsvReader : IDisposable
{
    private const int Portion = 256 << 10;
    private const int Capacity = 1 << 20;

    private readonly string _file;
    private readonly Stream _source;
    private readonly CsvText _text;
    private readonly CsvScanner _scanner;
    private readonly CsvCursor _cursor;
    private CsvBlock? _block;

    private CsvReader(Stream source, string file, CsvDialect dialect, CsvReaderOptions options)
    {
        (_source, _file, Dialect) = (source, file, dialect);
        _text = new CsvText(source, options.Capacity ?? Capacity, options.Portion ?? Portion);
        _scanner = CsvScanner.Create(dialect, options.Scanner);
        (Names, int next, long line) = CsvHeader.Read(_text, dialect, file);
        _cursor = new CsvCursor(_text, _scanner, new CsvTile(Names.Count)) { At = next, Line = line };
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
    public static CsvReader Open(string path, CsvDialect dialect, string? file = null) => Open(CsvSource.Open(path, file ?? path), dialect, file ?? path, new());

    /// <summary>Opens a stream, which need not know its length or be able to go back, and reads its header.</summary>
    /// <param name="stream">Plain text or packed by gzip; the reader disposes of it.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="file">What messages call it.</param>
    /// <exception cref="Core.BatchScoringException">As for a file.</exception>
    public static CsvReader Open(Stream stream, CsvDialect dialect, string file) => Open(CsvSource.Open(stream, file), dialect, file, new());

    internal static CsvReader Open(Stream source, CsvDialect dialect, string file, CsvReaderOptions options)
    {
        try
        {
            return new CsvReader(source, file, dialect, options);
        }
        catch (Exception e)
        {
            source.Dispose();
            if (e is InvalidDataException or IOException) throw CsvErrors.Reading(file, e);
            throw;
        }
    }

    /// <summary>Chooses what is read; once, before the first block.</summary>
    /// <param name="columns">The columns, in any order; a column may be wanted twice.</param>
    public void Want(IReadOnlyList<CsvWanted> columns)
    {
        if (columns.Any(column => column.Column < 0 || column.Column >= Names.Count)) throw new ArgumentException($"The table has {Names.Count} columns.", nameof(columns));
        _block = new CsvBlock(columns, Dialect.Quotes);
    }

    /// <summary>Reads the next rows.</summary>
    /// <returns>False at the end of the table.</returns>
    /// <exception cref="Core.BatchScoringException">The next row is faulty, or the file cannot be read on.</exception>
    public bool Next()
    {
        try
        {
            if (_cursor.Next(Block, long.MaxValue, keepAll: false)) return true;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw CsvErrors.Reading(_file, e);
        }

        return _cursor.Fault is { } fault ? throw CsvErrors.Of(fault, _file, Names) : false;
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
