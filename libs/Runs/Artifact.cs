namespace BatchScoring.Runs;

/// <summary>A file that a job makes whole.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Result">
/// What it says of its inputs, without when and by which program it was made: equal for two that are the same result, to the byte.
/// </param>
/// <param name="RowsRead">Rows that it was made from.</param>
public sealed record Artifact(byte[] Content, byte[] Result, long RowsRead);
