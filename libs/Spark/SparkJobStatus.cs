namespace BatchScoring.Spark;

/// <summary>What a job is doing.</summary>
public enum SparkJobStatus
{
    /// <summary>Spark does not say.</summary>
    Unknown,

    /// <summary>It runs or waits for cores.</summary>
    Running,

    /// <summary>It is done.</summary>
    Succeeded,

    /// <summary>It failed or was cancelled.</summary>
    Failed,
}
