namespace BatchScoring.Tables;

/// <summary>A cell that is not what its column was asked for as.</summary>
/// <param name="Row">Row within the block, from 0.</param>
/// <param name="Column">The column's name in the file.</param>
/// <param name="Code">One of <see cref="DefectCodes"/>.</param>
/// <param name="Value">The cell's text, cut at 200 characters; null for NULL.</param>
public readonly record struct CellDefect(int Row, string Column, string Code, string? Value);
