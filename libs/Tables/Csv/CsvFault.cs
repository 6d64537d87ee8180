namespace BatchScoring.Tables.Csv;

/// <summary>What is wrong with a text, and where. Rows before it are good.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where: a place in the text at hand, or the byte of the file, from 0.</param>
/// <param name="Line">The line of the file, from 1; 0 while it is not known.</param>
/// <param name="Found">What was found, as the kind says.</param>
internal sealed record CsvFault(CsvFaultKind Kind, long Offset, long Found = 0, long Line = 0);
