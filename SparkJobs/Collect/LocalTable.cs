using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Collect;

/// <summary>
/// Rows for a person: a local file that appears whole or not at all, or standard output once all rows are known to be right.
/// </summary>
internal sealed class LocalTable
{
    private const string StandardOutput = "-";

    private readonly JobContext _context;
    private readonly LocalTarget? _target;
    private readonly bool _overwrite;

    /// <summary>Refuses an output before any work is done.</summary>
    public LocalTable(JobContext context, string output, bool overwrite)
    {
        (_context, _overwrite) = (context, overwrite);
        _target = output == StandardOutput ? null : LocalTarget.Of(output, context.Store);
    }

    public string Name => _target?.Path ?? "standard output";

    /// <summary>True when the rows themselves go to standard output, so that nothing else may.</summary>
    public bool IsPrinted => _target is null;

    /// <summary>The format that was named, or that the output's name ends in; standard output is CSV.</summary>
    /// <param name="output">A file, or <c>-</c>.</param>
    /// <param name="named">The name of a format, or null.</param>
    /// <param name="allowed">Those that the command can write.</param>
    /// <exception cref="BatchScoringException"><c>OUTPUT_FORMAT</c>.</exception>
    public static TableFormat FormatOf(string output, string? named, params IReadOnlyList<TableFormat> allowed)
    {
        string word = named ?? (output == StandardOutput ? "csv" : Path.GetExtension(output).TrimStart('.'));
        foreach (TableFormat format in allowed)
            if (word.Equals(format.ToString(), StringComparison.OrdinalIgnoreCase)) return format;
        throw new BatchScoringException(JobErrors.OutputFormat, $"--output must end in " +
            $"{string.Join(" or ", allowed.Select(format => $".{format.ToString().ToLowerInvariant()}"))}, or be - for standard output.");
    }

    /// <summary>DuckDB's own way to write rows: numbers as programs read them back, to the bit.</summary>
    public static Action<DuckConnection, string> Copy(string select, TableFormat format, CancellationToken cancellation) => (duck, file) =>
        duck.Execute($"COPY ({select}) TO {DuckSql.Literal(file)} " +
            (format == TableFormat.Csv ? "(FORMAT CSV, HEADER)" : "(FORMAT PARQUET, COMPRESSION ZSTD)"), cancellation);

    /// <summary>Has the rows written and puts them there.</summary>
    /// <param name="write">Writes them into the file whose path it gets.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was done: wrote, replaced, printed; or null when the same rows stood there already.</returns>
    public async Task<string?> WriteAsync(Action<DuckConnection, string> write, CancellationToken cancellation)
    {
        if (_target is null)
        {
            using var scratch = ScratchFolder.Create("print");
            string file = scratch.File("rows");
            Run(write, file);
            await using FileStream rows = File.OpenRead(file);
            await using Stream output = Console.OpenStandardOutput();
            await rows.CopyToAsync(output, cancellation);
            return "printed";
        }

        bool stood = File.Exists(_target.Path);
        bool written = await _target.WriteAsync(temporary => Task.Run(() => Run(write, temporary), cancellation), _overwrite);
        return !written ? null : stood ? "replaced" : "wrote";
    }

    private void Run(Action<DuckConnection, string> write, string file)
    {
        using var database = DuckDatabase.Open(
            new DuckOptions { Threads = _context.Settings.Threads, MemoryLimitMiB = _context.Settings.MemoryMiB });
        using DuckConnection duck = database.Connect();
        write(duck, file);
    }
}
