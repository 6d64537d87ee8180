namespace BatchScoring.Models;

/// <summary>Computes a prediction's columns from raw values. Must be safe to call from several threads at once.</summary>
/// <param name="raw">What <see cref="IBlockScorer.Score"/> gave: column-major, the model's outputs × rows.</param>
/// <param name="rows">Rows.</param>
/// <param name="output">Column-major: the prediction's columns × rows; may be longer.</param>
public delegate void PredictionFormula(ReadOnlySpan<double> raw, int rows, Span<double> output);
