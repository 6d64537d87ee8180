using BatchScoring.DuckDb;

namespace BatchScoring.Tasks;

/// <summary>Rows of a task's, as SQL can select from them.</summary>
/// <param name="Table">What SQL calls them.</param>
/// <param name="Rows">Where they come from.</param>
internal sealed record TaskSource(string Table, DuckSource Rows);
