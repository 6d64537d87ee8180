namespace BatchScoring.Tables.Csv;

/// <summary>Where the bytes that matter stand among 64: bit <c>i</c> is byte <c>i</c>.</summary>
internal readonly record struct CsvMasks(ulong Delimiters, ulong LineFeeds, ulong Returns, ulong Quotes);
