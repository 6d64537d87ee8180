namespace BatchScoring.SparkJobs.Score;

/// <summary>What the manifest and the record of a score run state besides: what the numbers in the score columns are.</summary>
internal sealed record ScoreDetails
{
    /// <summary>In words: what a score is, and which way it points.</summary>
    public required string Meaning { get; init; }

    /// <summary>
    /// How a score comes from the model's raw value: <c>1/(1+exp(-raw))</c>, <c>probability</c> (of several), <c>exp(raw)</c>, <c>raw</c>.
    /// </summary>
    public required string Formula { get; init; }

    /// <summary>The classes of the score columns, in their order; null where there is one score, or none is a class.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The loss that the model was trained with; null when its file does not say.</summary>
    public string? Loss { get; init; }

    /// <summary>When the model was trained, as its file says it; null when it does not.</summary>
    public string? Trained { get; init; }
}
