namespace BatchScoring.Runs;

/// <summary>A file that a job makes whole.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="RowsRead">Rows that it was made from.</param>
public sealed record Artifact(byte[] Content, long RowsRead);
