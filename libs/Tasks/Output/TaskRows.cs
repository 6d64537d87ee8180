namespace BatchScoring.Tasks;

/// <summary>What a task has made of its split, ready to be written.</summary>
/// <param name="Select">The query that yields the rows of the part, in file order.</param>
/// <param name="Count">How many rows that must be.</param>
/// <param name="Quarantine">The rows set aside.</param>
/// <param name="Folder">The folder of the result, ending in a slash.</param>
/// <param name="Key">The key column.</param>
internal sealed record TaskRows(string Select, long Count, QuarantineLog Quarantine, string Folder, string Key);
