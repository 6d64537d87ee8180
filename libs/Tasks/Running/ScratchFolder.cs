namespace BatchScoring.Tasks;

/// <summary>A local folder that goes with its owner. Lies where TMPDIR says.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private ScratchFolder(string path) => Path = path;

    public string Path { get; }

    /// <param name="owner">For people who find it.</param>
    public static ScratchFolder Create(string owner) => new(Directory.CreateTempSubdirectory($"batch-scoring-{owner}-").FullName);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The result does not depend on it, and an error here would hide the task's own.
        }
    }
}
