namespace BatchScoring.DuckDb;

/// <summary>Computes a function of one argument for a block of rows.</summary>
/// <param name="values">The arguments; NULLs are among them.</param>
/// <param name="results">Column 0 takes the results, one per argument; a row is not NULL until it is made so.</param>
/// <remarks>Called by several threads at once.</remarks>
public delegate void DuckCompute(DuckVector values, DuckBlock results);
