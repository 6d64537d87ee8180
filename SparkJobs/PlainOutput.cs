using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs;

/// <summary>A file that a command makes out of plain files.</summary>
/// <param name="Named">As the user named it.</param>
internal sealed record PlainOutput(string Named)
{
    public BatchScoringException Exists() => new(JobErrors.OutputExists,
        $"The output {Named} is there already. Name another file, or allow it to be replaced with --overwrite.");

    public BatchScoringException Failed(Exception inner) => new(JobErrors.OutputFailed,
        $"{Named} cannot be written: {inner.Message.TrimEnd('.')}. Check that its folder exists, may be written to, and has room.", inner: inner);

    /// <summary>Writes under another name first: whoever sees the output sees all of it.</summary>
    /// <param name="write">Writes the file whose path it gets; there is none yet.</param>
    /// <exception cref="BatchScoringException"><c>OUTPUT_FAILED</c>, <c>OUTPUT_FORBIDDEN</c>; nothing is left behind.</exception>
    public void Write(Action<string> write) => Try((temporary, output) =>
    {
        write(temporary);
        File.Move(temporary, output, overwrite: true);
    });

    /// <summary>Sees before long work whether its folder can be written to.</summary>
    /// <exception cref="BatchScoringException">As of <see cref="Write"/>.</exception>
    public void Probe() => Try((temporary, output) =>
    {
        if (Path.GetDirectoryName(output) is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        File.WriteAllBytes(temporary, []);
    });

    private void Try(Action<string, string> write)
    {
        string output = Path.GetFullPath(Named);
        string temporary = Path.Combine(Path.GetDirectoryName(output)!, $".{Path.GetFileName(output)}.{Guid.NewGuid():N}.tmp");
        try
        {
            write(temporary, output);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BatchScoringException(JobErrors.OutputForbidden,
                $"{Named} cannot be written: {e.Message.TrimEnd('.')}. Take another folder, or get the right to write there.", inner: e);
        }
        catch (Exception e) when (
            e is IOException or DuckDbException { Kind: DuckDbErrorKind.Disk or DuckDbErrorKind.Missing or DuckDbErrorKind.Rights })
        {
            throw Failed(e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }
}
