namespace BatchScoring.Tasks;

/// <summary>What a task has made of its split.</summary>
/// <param name="Count">Rows of the part; where there are any, it lies at <see cref="PartOutput.Path"/>.</param>
/// <param name="Quarantine">The rows set aside.</param>
/// <param name="Folder">The folder of the result, ending in a slash.</param>
/// <param name="Key">The key column.</param>
internal sealed record TaskRows(long Count, QuarantineLog Quarantine, string Folder, string Key);
