namespace BatchScoring.Parquet;

/// <summary>
/// Reads the numeric columns of a file, row group by row group: <see cref="Load"/> reads, checks and decompresses one, <see cref="Read"/>
/// hands its rows out in blocks.
/// </summary>
/// <remarks>
/// A block is column-major: per column, one float32 a row, NaN for missing; other types are rounded once, to the nearest float. A column's
/// buffer belongs to the reader, starts anywhere, may be read up to the next multiple of 64 rows, must not be written to, and ends at the
/// next call. One thread at a time. Nothing is allocated per row.
/// </remarks>
public sealed unsafe class RowGroupReader : IDisposable
{
    /// <summary>The most rows of a block.</summary>
    public const int MaxRows = 2048;

    /// <summary>
    /// Columns of a block lie this far apart: not a power of two, or they would compete for the same places in the cache.
    /// </summary>
    private const int Stride = (MaxRows * sizeof(float)) + 64;

    private const int WideStride = (MaxRows * sizeof(ulong)) + 64;

    private readonly ParquetFile _file;
    private readonly ReadMemory _memory;
    private readonly DecodeKernels _kernels;
    private readonly ChunkLoader _loader;
    private readonly ParquetColumn[] _columns;
    private readonly ColumnPages[] _pages;
    private readonly ColumnChunk[] _chunks;
    private readonly int[] _places;
    private readonly nint[] _floats;
    private readonly int _wide;
    private readonly bool _hasKey;
    private readonly byte* _block;
    private readonly byte* _window;

    /// <summary>Prepares to read columns of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="numbers">Columns whose <see cref="ParquetColumn.Kind"/> is not <see cref="NumberKind.None"/>; none twice.</param>
    /// <param name="key">A column of kind Int32 or Int64 that is handed out as it is; null for none. May be one of the numbers too.</param>
    /// <param name="memory">Where to work; not owned, and not for another reader at the same time.</param>
    /// <param name="decoder">One of <see cref="Decoders.Available"/>; null or empty for the fastest.</param>
    /// <exception cref="ArgumentException">A column is of a kind that is not read, or stands twice; or there is no such
    /// decoder.</exception>
    public RowGroupReader(ParquetFile file, IReadOnlyList<ParquetColumn> numbers, ParquetColumn? key, ReadMemory memory,
        string? decoder = null) : this(file, numbers, [], key, memory, decoder)
    {
    }

    /// <summary>Prepares to read columns of a file, some of them as they are.</summary>
    /// <param name="file">The file.</param>
    /// <param name="numbers">Columns whose <see cref="ParquetColumn.Kind"/> is not <see cref="NumberKind.None"/>; none twice.</param>
    /// <param name="wide">Columns of kind Double, Int64 or UInt64 that are handed out as their 64 bits; none twice.</param>
    /// <param name="memory">Where to work; not owned, and not for another reader at the same time.</param>
    /// <exception cref="ArgumentException">A column is of a kind that is not read, or stands twice.</exception>
    public RowGroupReader(ParquetFile file, IReadOnlyList<ParquetColumn> numbers, IReadOnlyList<ParquetColumn> wide, ReadMemory memory)
        : this(file, numbers, wide, null, memory, null)
    {
    }

    private RowGroupReader(ParquetFile file, IReadOnlyList<ParquetColumn> numbers, IReadOnlyList<ParquetColumn> wide, ParquetColumn? key,
        ReadMemory memory, string? decoder)
    {
        (_file, _memory, _kernels, _wide, _hasKey) = (file, memory, Decoders.Create(decoder), wide.Count, key is not null);
        _columns = key is null ? [.. numbers, .. wide] : [.. numbers, .. wide, key];
        if (Array.Find(_columns, column => column.Kind == NumberKind.None) is { } unread)
            throw new ArgumentException($"Column {unread.Name} is not a flat column of numbers.", nameof(numbers));
        if (wide.FirstOrDefault(column => column.Kind is not (NumberKind.Double or NumberKind.Int64 or NumberKind.UInt64)) is { } narrow)
            throw new ArgumentException($"Column {narrow.Name} is {narrow.Kind}, which is not a value of 64 bits.", nameof(wide));
        if (key is not null && key.Kind is not (NumberKind.Int32 or NumberKind.Int64))
            throw new ArgumentException($"Column {key.Name} is {key.Kind}; a key is Int32 or Int64.", nameof(key));
        IEnumerable<ParquetColumn> apart = numbers.Concat(wide);
        if (apart.Select(column => column.FirstLeaf).Distinct().Count() != numbers.Count + wide.Count)
            throw new ArgumentException("A column stands twice.", nameof(numbers));
        _pages = [.. _columns.Select(column => new ColumnPages(column))];
        _chunks = new ColumnChunk[_columns.Length];
        _floats = new nint[numbers.Count];
        _places = file.NewPlaces();
        foreach ((int i, ParquetColumn column) in apart.Index()) _places[column.FirstLeaf] = i + 1;
        _loader = new ChunkLoader(file.Source, memory, new ValueLoader(memory, _kernels));
        _block = memory.Block.Ensure(((long)numbers.Count * Stride) + ((wide.Count + 1L) * WideStride) + (MaxRows / 8));
        _window = memory.Window.Ensure(WindowLayout.Bytes);
    }

    /// <summary>Rows of the loaded row group that have not been read.</summary>
    public int RowsLeft { get; private set; }

    /// <summary>Rows of the current block.</summary>
    public int Rows { get; private set; }

    /// <summary>The key's values of the current block: Int32 or Int64 as the column is, 0 where missing.</summary>
    public nint Keys => (nint)(_block + ((long)_floats.Length * Stride) + ((long)_wide * WideStride));

    /// <summary>Which rows of the current block have a key: bit r % 64 of word r / 64.</summary>
    public nint KeyValidity => Keys + WideStride;

    /// <summary>Looks at what the footer says of a row group; reads nothing else.</summary>
    /// <param name="group">Its place in <see cref="ParquetFile.RowGroups"/>.</param>
    /// <returns>Null, or why it will not be read here.</returns>
    public Unsupported? Examine(int group)
    {
        int numbers = _floats.Length + _wide;
        if (_file.Locate(group, _columns.AsSpan(0, numbers), _places, _chunks.AsSpan(0, numbers)) is { } reason) return reason;
        if (_hasKey && _file.Locate(group, _columns.AsSpan(numbers), _chunks.AsSpan(numbers)) is { } keyReason) return keyReason;
        long bytes = 0;
        foreach (ref readonly ColumnChunk chunk in _chunks.AsSpan())
        {
            bytes += Math.Max(chunk.DecodedLength, 0) + (chunk.Rows / 8);
            if (chunk.Length > _memory.CapBytes || bytes > _memory.CapBytes)
                return new Unsupported(UnsupportedCodes.Memory, null,
                    FormattableString.Invariant($"its columns have {bytes:N0} bytes, the reader may take {_memory.CapBytes:N0}"));
        }

        return null;
    }

    /// <summary>Reads a row group: all pages of all columns are checked and decompressed before this returns.</summary>
    /// <param name="group">Its place in <see cref="ParquetFile.RowGroups"/>.</param>
    /// <returns>Null, or why it is not read here; then nothing of it can be read.</returns>
    /// <exception cref="DamagedPageException">A page is damaged.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    public Unsupported? Load(int group)
    {
        RowsLeft = Rows = 0;
        _memory.Pages.Reset();
        if (Examine(group) is { } early) return early;
        int column = 0;
        try
        {
            for (; column < _columns.Length; column++) _loader.Load(_chunks[column], _pages[column], column >= _floats.Length);
        }
        catch (UnsupportedException e)
        {
            return e.About(_columns[column].Name);
        }
        catch (EndOfStreamException e)
        {
            return new Unsupported(UnsupportedCodes.Page, _columns[column].Name, e.Message);
        }

        RowsLeft = (int)_file.RowGroups[group].Rows;
        return null;
    }

    /// <summary>Decodes the next rows of the loaded row group.</summary>
    /// <param name="rows">How many, 1 to <see cref="MaxRows"/> and <see cref="RowsLeft"/>.</param>
    /// <returns>Null, or what was found at last in a page that looked well: then the rest of the row group cannot be read here.</returns>
    public Unsupported? Read(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Math.Min(MaxRows, RowsLeft));
        int column = 0;
        try
        {
            for (; column < _floats.Length; column++)
                _floats[column] = (nint)_pages[column].ReadFloats(_kernels, rows, _window, (float*)(_block + ((long)column * Stride)));
            for (; column < _floats.Length + _wide; column++) _pages[column].ReadWide(rows, Wide(column - _floats.Length));
            if (_hasKey) ReadKeys(rows, _pages[column]);
        }
        catch (UnsupportedException e)
        {
            RowsLeft = 0;
            return e.About(_columns[column].Name);
        }

        RowsLeft -= rows;
        Rows = rows;
        return null;
    }

    /// <summary>Decodes rows and forgets them: a slice may begin within a row group.</summary>
    /// <param name="rows">How many, 0 to <see cref="RowsLeft"/>.</param>
    /// <returns>As <see cref="Read"/>.</returns>
    public Unsupported? Skip(long rows)
    {
        for (; rows > 0; rows -= Math.Min(rows, MaxRows))
            if (Read((int)Math.Min(rows, MaxRows)) is { } reason) return reason;
        return null;
    }

    /// <summary>A column of the current block.</summary>
    /// <param name="column">Its place among the numbers.</param>
    public float* Floats(int column) => (float*)_floats[column];

    /// <summary>A column of the current block as the 64 bits of its values; undefined where there is none.</summary>
    /// <param name="column">Its place among the wide columns.</param>
    public ulong* Wide(int column) => (ulong*)(_block + ((long)_floats.Length * Stride) + ((long)column * WideStride));

    /// <summary>Which rows of the current block have a value in a column: NaN alone does not tell.</summary>
    /// <param name="column">Its place among the numbers, or behind them among the wide columns.</param>
    /// <param name="to">Takes bit r % 64 of word r / 64 for row r; bits beyond the block's rows say nothing.</param>
    /// <returns>False where all rows have one; then <paramref name="to"/> is left as it is.</returns>
    public bool FindMissing(int column, Span<ulong> to) => _pages[column].FindMissing(Rows, to);

    /// <summary>Gives back what decompression needs; the memory stays with its owner.</summary>
    public void Dispose() => _loader.Dispose();

    private void ReadKeys(int rows, ColumnPages pages)
    {
        if (pages.Column.Kind == NumberKind.Int32) pages.ReadKeys(rows, (int*)Keys, (ulong*)KeyValidity);
        else pages.ReadKeys(rows, (long*)Keys, (ulong*)KeyValidity);
    }
}
