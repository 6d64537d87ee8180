using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs;

/// <summary>
/// The local file that a command writes: whole or not at all, over another one only when told to, and never over an input.
/// </summary>
/// <param name="Path">Its absolute path.</param>
internal sealed record LocalTarget(string Path)
{
    /// <exception cref="BatchScoringException"><c>OUTPUT_FOLDER_MISSING</c>, <c>OUTPUT_IS_INPUT</c>.</exception>
    public static LocalTarget Of(string output, IObjectStore store)
    {
        string path = System.IO.Path.GetFullPath(output), folder = System.IO.Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new BatchScoringException(JobErrors.OutputFolderMissing, $"The folder of {path} does not exist; make it first.");
        if (Directory.Exists(path)) throw new BatchScoringException(JobErrors.OutputFormat, $"--output {path} is a folder; name a file.");
        RequireOutside(folder, store, path);
        return new LocalTarget(path);
    }

    /// <summary>Refuses a folder in the root, whether it is there already or not.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <param name="store">The root.</param>
    /// <param name="named">What the user named.</param>
    /// <exception cref="BatchScoringException"><c>OUTPUT_IS_INPUT</c>.</exception>
    public static void RequireOutside(string folder, IObjectStore store, string named)
    {
        if (store.LocalPath("layout.json") is not { } inRoot || !IsBelow(Real(folder), Real(System.IO.Path.GetDirectoryName(inRoot)!))) return;
        throw new BatchScoringException(JobErrors.OutputIsInput,
            $"{named} lies in the root, where only published datasets are. Name a place elsewhere.");
    }

    /// <summary>Writes the file under a temporary name beside it, then gives it its own.</summary>
    /// <param name="write">Writes the temporary file, whose path it gets.</param>
    /// <param name="overwrite">True to replace another file.</param>
    /// <returns>False when the same content stands there already.</returns>
    /// <exception cref="BatchScoringException"><c>OUTPUT_EXISTS</c>: another file stands there, and <paramref name="overwrite"/> is
    /// false.</exception>
    public async Task<bool> WriteAsync(Func<string, Task> write, bool overwrite)
    {
        string temporary = $"{Path}.{AttemptId.New()}.tmp";
        try
        {
            await write(temporary);
            return Take(temporary, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private bool Take(string temporary, bool overwrite)
    {
        if (File.Exists(Path))
        {
            if (LocalFile.Sha256(Path) == LocalFile.Sha256(temporary)) return false;
            if (!overwrite) throw Exists();
        }

        try
        {
            File.Move(temporary, Path, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(Path))
        {
            throw Exists(); // somebody else was there first
        }

        return true;
    }

    private BatchScoringException Exists() =>
        new(JobErrors.OutputExists, $"{Path} exists already. Name another file, or replace it with --overwrite.");

    private static bool IsBelow(string folder, string root) =>
        folder == root || folder.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>The folder with every link in its path followed.</summary>
    private static string Real(string folder)
    {
        string? parent = System.IO.Path.GetDirectoryName(folder);
        if (parent is null) return folder;
        string here = System.IO.Path.Combine(Real(parent), System.IO.Path.GetFileName(folder));
        return Directory.Exists(here) && Directory.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? target.FullName : here;
    }
}
