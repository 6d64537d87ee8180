namespace BatchScoring.SparkJobs.Predict;

/// <summary>What a run of <c>predict</c> did.</summary>
/// <param name="Rows">Rows answered; 0 in a dry run.</param>
/// <param name="Files">Files read.</param>
/// <param name="Columns">The columns of answers, in their order.</param>
/// <param name="BoundByPosition">True if the model has no names, so that its columns were found by their places.</param>
internal sealed record PredictSummary(long Rows, int Files, IReadOnlyList<string> Columns, bool BoundByPosition)
{
    /// <summary>The version of the Delta table that was read; null for plain files.</summary>
    public long? Version { get; init; }
}
