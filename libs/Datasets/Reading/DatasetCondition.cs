namespace BatchScoring.Datasets;

/// <summary>What state a dataset's folder is in.</summary>
public enum DatasetCondition
{
    /// <summary>Published by this product and complete: <c>_SUCCESS</c> names the manifest, every part of it is there.</summary>
    Sealed,

    /// <summary>Was sealed and replaced; then its parts were removed on purpose. Nobody may read it; its manifest is kept.</summary>
    Retired,

    /// <summary>Made elsewhere and marked complete by a <c>_SUCCESS</c> of its own; there is no manifest.</summary>
    SealedElsewhere,

    /// <summary>A manifest stands but no <c>_SUCCESS</c>: a publish is under way or was interrupted. Nobody may read it.</summary>
    Publishing,

    /// <summary>Files without any mark: they may still be arriving.</summary>
    Unsealed,

    /// <summary>Manifest, <c>_SUCCESS</c> and files contradict each other.</summary>
    Damaged,
}
