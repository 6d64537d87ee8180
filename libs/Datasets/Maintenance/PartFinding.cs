namespace BatchScoring.Datasets;

/// <summary>What verify found about one file of a published dataset.</summary>
public enum PartFinding
{
    /// <summary>Size and SHA-256 are as published.</summary>
    Equal,

    /// <summary>The part is not there.</summary>
    Missing,

    /// <summary>The part has another size; it was not hashed.</summary>
    OtherSize,

    /// <summary>The part has the published size but other content.</summary>
    OtherContent,

    /// <summary>A data file that the manifest does not name; readers that go by file names would count its rows too.</summary>
    NotPublished,
}
