namespace BatchScoring.Parquet;

/// <summary>Goes from page to page of a chunk in memory, and checks that headers, sizes and counts fit the chunk.</summary>
internal unsafe ref struct PageWalk(byte* start, in ColumnChunk chunk)
{
    private readonly ColumnChunk _chunk = chunk;
    private long _next;
    private long _decoded;
    private int _pages;
    private PageHeader _header;

    public readonly PageHeader Header => _header;

    /// <summary>The page's bytes behind its header.</summary>
    public readonly byte* Body => start + BodyOffset;

    /// <summary>Where they begin, from the chunk's first byte.</summary>
    public long BodyOffset { get; private set; }

    /// <summary>Reads the next page's header.</summary>
    /// <param name="rows">Rows of the pages so far.</param>
    /// <returns>False at the chunk's end.</returns>
    public bool Next(long rows)
    {
        if (rows == _chunk.Rows)
        {
            if (_next != _chunk.Length) ThrowUnsupported.Page($"{_chunk.Length - _next} bytes follow the last of its pages");
            return false;
        }

        _header = PageHeaderReader.Read(start + _next, _chunk.Length - _next);
        BodyOffset = _next + _header.HeaderLength;
        if (_header.Length > _chunk.Length - BodyOffset) ThrowUnsupported.Page($"it is longer than its column chunk");
        _next = BodyOffset + _header.Length;
        _decoded += _header.HeaderLength + _header.DecodedLength;
        if (_decoded > _chunk.DecodedLength) ThrowUnsupported.Page("its pages are larger than the footer says");
        if (_header.Kind == PageHeader.DictionaryPage)
        {
            if (_pages > 0) ThrowUnsupported.Page("a dictionary is not its first page");
        }
        else if (_header.Values > _chunk.Rows - rows || _header.Values == 0)
            ThrowUnsupported.Page($"a page has {_header.Values} values where {_chunk.Rows - rows} are due");

        _pages++;
        return true;
    }
}
