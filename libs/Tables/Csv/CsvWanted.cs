namespace BatchScoring.Tables.Csv;

/// <summary>A column that is wanted.</summary>
/// <param name="Column">Its place in the file, from 0.</param>
/// <param name="Kind">What its cells become.</param>
public readonly record struct CsvWanted(int Column, CsvColumnKind Kind);
