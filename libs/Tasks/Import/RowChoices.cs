using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Tasks;

/// <summary>
/// Where every row of a source file goes, decided before any row is written: one byte per row, 0 for a row that is left out.
/// </summary>
public static class RowChoices
{
    /// <summary>Writes a file's choices.</summary>
    /// <param name="folder">A local folder.</param>
    /// <param name="source">The source file's key.</param>
    /// <param name="choices">One per row.</param>
    public static void Write(string folder, string source, byte[] choices) => File.WriteAllBytes(PathOf(folder, source), choices);

    /// <summary>Which rows of a split were chosen for a set.</summary>
    /// <exception cref="BatchScoringException"><see cref="TaskErrors.ImportEnded"/>: the choices are gone with the import that made
    /// them.</exception>
    internal static bool[] Read(string folder, SplitInput split, byte set)
    {
        string path = PathOf(folder, split.File.Key);
        byte[] choices = new byte[split.Rows];
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read);
            file.Seek(split.FirstRow, SeekOrigin.Begin);
            file.ReadExactly(choices);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException)
        {
            throw new BatchScoringException(TaskErrors.ImportEnded,
                $"Which rows of {split.File.Key} were chosen is known only while its import runs. Run the import again.", inner: e);
        }

        return Array.ConvertAll(choices, choice => choice == set);
    }

    private static string PathOf(string folder, string source) =>
        Path.Combine(folder, "choices-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source))));
}
