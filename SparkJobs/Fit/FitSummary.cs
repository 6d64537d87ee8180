using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>What a run of <c>fit</c> did.</summary>
/// <param name="Rows">Rows that were learned from.</param>
/// <param name="Columns">Features.</param>
/// <param name="Result">The model, and how it came about.</param>
internal sealed record FitSummary(int Rows, int Columns, TrainingResult Result);
