using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A column of a file.</summary>
/// <param name="Name">As the file spells it.</param>
/// <param name="Expression">What selects it in SQL.</param>
/// <param name="Type">Its type.</param>
internal sealed record TableColumn(string Name, string Expression, DuckColumn Type);
