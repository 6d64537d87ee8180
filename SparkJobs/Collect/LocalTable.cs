using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Collect;

/// <summary>
/// Rows for a person: a local CSV or Parquet file that appears whole or not at all, or CSV on standard output once all rows are known to be
/// right.
/// </summary>
internal sealed class LocalTable
{
    private const string StandardOutput = "-";
    private readonly JobContext _context;
    private readonly LocalTarget? _target;
    private readonly string _format;
    private readonly bool _overwrite;

    /// <summary>Refuses an output before any work is done.</summary>
    public LocalTable(JobContext context, string output, bool overwrite)
    {
        (_context, _overwrite) = (context, overwrite);
        _format = output == StandardOutput ? Format(".csv") : Format(Path.GetExtension(output));
        _target = output == StandardOutput ? null : LocalTarget.Of(output, context.Store);
    }

    public string Name => _target?.Path ?? "standard output";

    /// <summary>True when the rows themselves go to standard output, so that nothing else may.</summary>
    public bool IsPrinted => _target is null;

    /// <summary>Runs the query and puts its rows there.</summary>
    /// <returns>What was done: wrote, replaced, printed; or null when the same rows stood there already.</returns>
    public async Task<string?> WriteAsync(string select, CancellationToken cancellation)
    {
        if (_target is null)
        {
            using var scratch = ScratchFolder.Create("print");
            string file = scratch.File("rows.csv");
            Copy(select, file, cancellation);
            await using FileStream rows = File.OpenRead(file);
            await using Stream output = Console.OpenStandardOutput();
            await rows.CopyToAsync(output, cancellation);
            return "printed";
        }

        bool stood = File.Exists(_target.Path);
        bool written = await _target.WriteAsync(temporary => Task.Run(() => Copy(select, temporary, cancellation), cancellation), _overwrite);
        return !written ? null : stood ? "replaced" : "wrote";
    }

    private void Copy(string select, string file, CancellationToken cancellation)
    {
        using var database = DuckDatabase.Open(
            new DuckOptions { Threads = _context.Settings.Threads, MemoryLimitMiB = _context.Settings.MemoryMiB });
        using DuckConnection duck = database.Connect();
        duck.Execute($"COPY ({select}) TO {DuckSql.Literal(file)} ({_format})", cancellation);
    }

    private static string Format(string extension) => extension.ToLowerInvariant() switch
    {
        ".csv" => "FORMAT CSV, HEADER",
        ".parquet" => "FORMAT PARQUET, COMPRESSION ZSTD",
        _ => throw new BatchScoringException(JobErrors.OutputFormat, "--output must end in .csv or .parquet, or be - for standard output."),
    };
}
