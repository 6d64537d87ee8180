namespace BatchScoring.DataGen.Columns;

/// <summary>The common base of some columns: two factors that run through the whole table, and something of its own.</summary>
/// <param name="FirstFactor">Number of a factor.</param>
/// <param name="FirstLoading">Correlation with it.</param>
/// <param name="SecondFactor">Number of another factor.</param>
/// <param name="SecondLoading">Correlation with that.</param>
/// <param name="OwnLoading">What is left for the group alone: the squares add up to 1.</param>
internal sealed record ColumnGroup(int FirstFactor, double FirstLoading, int SecondFactor, double SecondLoading, double OwnLoading);
