namespace BatchScoring.Storage;

/// <summary>What is known of a part before it is staged.</summary>
/// <param name="Attempt">The attempt that made it.</param>
/// <param name="AttemptFolder">The attempt's folder; a folder store keeps pending files in its <c>staging/</c>, out of readers'
/// sight.</param>
/// <param name="Sha256">Of the content, lower-case hex.</param>
/// <param name="Rows">Rows in it.</param>
public sealed record PartFacts(string Attempt, string AttemptFolder, string Sha256, long Rows)
{
    /// <summary>Name of the metadata that holds <see cref="Attempt"/>.</summary>
    public const string AttemptName = "attempt";

    /// <summary>Name of the metadata that holds <see cref="Sha256"/>.</summary>
    public const string Sha256Name = "sha256";

    /// <summary>Name of the metadata that holds <see cref="Rows"/>.</summary>
    public const string RowsName = "rows";
}
