namespace BatchScoring.Datasets;

/// <summary>What verify found about a published dataset.</summary>
/// <param name="Folder">The dataset's folder, with its revision.</param>
/// <param name="Manifest">The manifest that was compared with.</param>
/// <param name="Files">Every part, and every data file that is none, by key.</param>
public sealed record VerifyResult(string Folder, ManifestFile Manifest, IReadOnlyList<VerifiedPart> Files)
{
    /// <summary>True when every part is equal and nothing else lies beside them.</summary>
    public bool IsEqual => Files.All(f => f.Finding == PartFinding.Equal);
}
