namespace BatchScoring.Tables.Csv;

/// <summary>Sizes that change no answer; tests make them small.</summary>
internal sealed record CsvReaderOptions
{
    /// <summary>Bytes of text to have room for.</summary>
    public int? Capacity { get; init; }

    /// <summary>Bytes to read at once.</summary>
    public int? Portion { get; init; }

    /// <summary>Bytes that one thread takes at once.</summary>
    public int? Segment { get; init; }

    /// <summary>One of <see cref="CsvScanner.Available"/>.</summary>
    public string? Scanner { get; init; }
}
