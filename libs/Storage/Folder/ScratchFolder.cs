namespace BatchScoring.Storage;

/// <summary>A local folder that goes with its owner. Lies where TMPDIR says.</summary>
public sealed class ScratchFolder : IDisposable
{
    private ScratchFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Makes one of a name of its own.</summary>
    /// <param name="owner">For people who find it; a few letters.</param>
    /// <exception cref="StoreException"><c>STORE_NO_SCRATCH</c>: the folder for temporary files is not there, or closed.</exception>
    public static ScratchFolder Create(string owner)
    {
        try
        {
            return new ScratchFolder(Directory.CreateTempSubdirectory($"batch-scoring-{owner}-").FullName);
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            string parent = System.IO.Path.GetTempPath();
            string why = Directory.Exists(parent) ? e.Message.TrimEnd('.') : "it is not there";
            throw new StoreException(StorageErrors.NoScratch,
                $"No temporary files can be made in '{parent}': {why}. TMPDIR names that folder: make it, or point TMPDIR to another one.",
                    inner: e);
        }
    }

    /// <summary>The path of a file in it.</summary>
    /// <param name="name">A bare name.</param>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Removes the folder with all that is in it; what cannot be removed stays, since no result depends on it.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An error here would hide the owner's own.
        }
    }
}
