namespace BatchScoring.Core;

/// <summary>A model fixed by the hash of its file.</summary>
public sealed record ModelPin
{
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Its version, for people and for the column <c>model_version</c>.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// The kind of model, as the library that opens it calls it. Pins of before there were several kinds do not say it; all of them are
    /// CatBoost's.
    /// </summary>
    public string Format { get; init; } = "catboost";

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where the copy lies under the root.</summary>
    public required string Key { get; init; }
}
