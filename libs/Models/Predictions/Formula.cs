namespace BatchScoring.Models.Predictions;

/// <summary>Computes columns from raw values.</summary>
/// <param name="raw">Column-major: the model's outputs × rows.</param>
/// <param name="rows">Rows.</param>
/// <param name="output">Column-major: the plan's columns × rows.</param>
internal delegate void Formula(ReadOnlySpan<double> raw, int rows, Span<double> output);
