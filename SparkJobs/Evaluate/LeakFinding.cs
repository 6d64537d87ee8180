namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>Whether scored rows were learned from.</summary>
/// <param name="Proven">True only when the learning dataset is named by the model and was joined with a positive control.</param>
/// <param name="Overlap">Scored rows whose key stands in train/; null when train/ is gone.</param>
/// <param name="Text">One sentence for people.</param>
internal sealed record LeakFinding(bool Proven, long? Overlap, string Text);
