namespace BatchScoring.Datasets;

/// <summary>What a recovery found.</summary>
public enum RecoverOutcome
{
    /// <summary>No manifest stands in the folder: nobody has published, there is nothing to roll forward.</summary>
    NothingPublished,

    /// <summary>The dataset was sealed already.</summary>
    AlreadySealed,

    /// <summary>A publish had been interrupted; it is complete and sealed now.</summary>
    RolledForward,
}
