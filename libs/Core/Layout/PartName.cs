using System.Globalization;
using System.Security.Cryptography;

namespace BatchScoring.Core;

/// <summary>
/// Names of part files: <c>part-00007-&lt;attempt&gt;-&lt;16 hex digits&gt;.parquet</c>. The random digits give every process its own name,
/// so that a task's twin can never write over it; the attempt's id tells whose it is.
/// </summary>
public static class PartName
{
    /// <summary>A new name that no other process uses.</summary>
    public static string New(int split, string attempt, string extension = ".parquet") => string.Create(
        CultureInfo.InvariantCulture,
        $"part-{split:d5}-{attempt}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}{extension}");

    /// <summary>Whether a file of this key was made by that attempt.</summary>
    public static bool IsOf(string key, string attempt)
    {
        string[] pieces = key[(key.LastIndexOf('/') + 1)..].Split('-');
        return pieces.Length == 4 && pieces[0] == "part" && string.Equals(pieces[2], attempt, StringComparison.Ordinal);
    }
}
