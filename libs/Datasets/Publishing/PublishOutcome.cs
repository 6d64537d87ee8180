namespace BatchScoring.Datasets;

/// <summary>How a publish ended. In every case the folder holds a sealed dataset now.</summary>
public enum PublishOutcome
{
    /// <summary>This attempt's manifest decides, and was put by this call.</summary>
    Won,

    /// <summary>
    /// This attempt's manifest stood already, from a call that was interrupted or answered too late; it was rolled forward.
    /// </summary>
    AlreadyPublishedByUs,

    /// <summary>Another attempt won with equal content: the command answers 0 and names the winner.</summary>
    LostToEqual,

    /// <summary>Another attempt won with different content: the command answers 2 and names both.</summary>
    LostToDifferent,
}
