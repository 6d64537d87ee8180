namespace BatchScoring.Tables.Csv;

/// <summary>A cell that is no number where one is wanted.</summary>
/// <param name="Row">Its row within the block, from 0.</param>
/// <param name="Wanted">Its column's place among the wanted ones.</param>
/// <param name="Text">Its text, cut at 200 characters.</param>
public readonly record struct CsvBadCell(int Row, int Wanted, string Text);
