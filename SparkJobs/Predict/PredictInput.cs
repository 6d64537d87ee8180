using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>What is scored: the files that a path names, or standard input, kept in a local file while the job runs.</summary>
internal sealed class PredictInput : IDisposable
{
    private readonly ScratchFolder? _scratch;

    private PredictInput(TableFiles tables, ScratchFolder? scratch) => (Tables, _scratch) = (tables, scratch);

    public TableFiles Tables { get; }

    /// <summary>Finds it.</summary>
    /// <param name="options">A path, or <c>-</c>.</param>
    /// <param name="standardInput">Where <c>-</c> comes from: CSV, or Parquet, which its first bytes tell.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static PredictInput Find(PredictOptions options, Stream standardInput, CancellationToken cancellation)
    {
        if (options.Copied is { } table) return new PredictInput(TableFiles.Of(table, cancellation), null);
        if (options.Input != PredictJob.Standard)
            return new PredictInput(TableFiles.Find(options.Input, options.Folder, cancellation), null);
        var scratch = ScratchFolder.Create("predict");
        try
        {
            // Both readers want to know where a file ends; Parquet begins there.
            string file = scratch.File("standard-input");
            using (FileStream copy = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
                standardInput.CopyTo(copy);
            string named = file + (StartsAsParquet(file) ? ".parquet" : ".csv");
            File.Move(file, named);
            return new PredictInput(TableFiles.Find(named, options.Folder, cancellation), scratch);
        }
        catch
        {
            scratch.Dispose();
            throw;
        }
    }

    /// <summary>What messages call a file.</summary>
    public string Shown(string file) => _scratch is null ? file : "standard input";

    public void Dispose() => _scratch?.Dispose();

    private static bool StartsAsParquet(string file)
    {
        using FileStream stream = File.OpenRead(file);
        Span<byte> start = stackalloc byte[4];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PAR1"u8);
    }
}
