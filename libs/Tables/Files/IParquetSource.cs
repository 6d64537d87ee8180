using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>
/// Makes a pinned Parquet file openable by programs that take paths (DuckDB): the file itself where the store is a folder, else a local
/// stand-in that holds only the footer and the wanted column chunks, each at its own offset.
/// </summary>
/// <remarks>Thread safe.</remarks>
public interface IParquetSource
{
    /// <summary>Opens a file.</summary>
    /// <param name="store">Where it lies; an absolute path as key is a plain local file.</param>
    /// <param name="file">The file and the version it must still have.</param>
    /// <param name="slice">What of it will be read.</param>
    /// <param name="scratch">A local folder for the stand-in; the caller deletes it when it is done with the path.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>A local path. Nothing but the slice may be read from it, and it must not be written to.</returns>
    /// <exception cref="BatchScoringException"><c>INPUT_CHANGED</c>: gone, or another version than planned; <c>INPUT_CORRUPT</c>: no
    /// Parquet; or what the store says; <c>SCRATCH_FAILED</c>: the scratch folder's disk.</exception>
    Task<string> OpenAsync(IObjectStore store, InputFile file, ParquetSlice slice, string scratch, CancellationToken cancellation);
}
