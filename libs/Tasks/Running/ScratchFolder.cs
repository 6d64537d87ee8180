using System.Globalization;

namespace BatchScoring.Tasks;

/// <summary>A local folder that goes with its task. Lies where TMPDIR says.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private ScratchFolder(string path) => Path = path;

    public string Path { get; }

    public static ScratchFolder Create(string attempt, int split) => new(
        Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"batch-scoring-{attempt}-{split}-")).FullName);

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
