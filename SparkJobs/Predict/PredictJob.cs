using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Scores plain files: predicts what CatBoost predicts, row for row, and sets nothing aside.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="standardOutput">Where the output <c>-</c> goes.</param>
/// <param name="advance">Told of every block of rows that is scored.</param>
internal sealed class PredictJob(PredictOptions options, Stream standardOutput, Action<long>? advance = null)
{
    /// <summary>As input or output: standard input, standard output.</summary>
    public const string Standard = "-";

    /// <summary>Where the input <c>-</c> comes from.</summary>
    public Stream StandardInput { get; init; } = Stream.Null;

    /// <summary>Runs the job.</summary>
    /// <exception cref="BatchScoringException">It fails; no output is left behind.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no output is left behind.</exception>
    public PredictSummary Run(CancellationToken cancellation)
    {
        CheckOptions();
        IModel model = ModelFile.Load(options.Model).Model;
        using var input = PredictInput.Find(options, StandardInput, cancellation);
        CheckOutput(input.Tables);
        (IReadOnlyList<PredictionColumn> columns, TableScorer scorer) = Prepare(model, input);
        using TableScorer owned = scorer;
        DuckColumn? key = scorer.Check(cancellation);
        var summary = new PredictSummary(
            0, input.Tables.Files.Count, [.. columns.Select(column => column.Name)], BoundByPosition: !model.HasFeatureNames)
        {
            Version = input.Tables.Version,
        };
        if (options.DryRun) return summary;
        long rows = 0;
        if (options.Output == Standard) CsvPredictions.Write(standardOutput, (byte)',', options.Key, columns, Blocks());
        else WriteFile(key, columns, Blocks());
        return summary with { Rows = rows };

        IEnumerable<ScoredBlock> Blocks()
        {
            foreach (ScoredBlock block in scorer.Score(cancellation))
            {
                rows += block.Rows;
                advance?.Invoke(block.Rows);
                yield return block;
                scorer.Recycle(block);
            }
        }
    }

    private static bool IsParquet(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    private static byte? Delimiter(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" => (byte)',',
        ".TSV" => (byte)'\t',
        _ => null,
    };

    private void CheckOptions()
    {
        if (options.Threads < 1) throw PredictErrors.Usage($"--threads is 1 or more, found {options.Threads}.");
        if (options.Types.Count == 0) throw PredictErrors.Usage("--type names no prediction type.");
        if (options.Types.GroupBy(type => type).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw PredictErrors.Usage($"--type names {twice.Key} twice.");
        if (options.Output != Standard && !IsParquet(options.Output) && Delimiter(options.Output) is null)
            throw PredictErrors.Usage($"The output {options.Output} must end in .parquet, .csv or .tsv, or be - for standard output.");
        if (Directory.Exists(options.Output)) throw PredictErrors.Usage($"The output {options.Output} is a folder; name a file.");
    }

    /// <summary>What is there stays there, unless it was said that it may go; the input and the model stay in any case.</summary>
    private void CheckOutput(TableFiles input)
    {
        if (options.Output == Standard || !File.Exists(options.Output)) return;
        string output = Real(options.Output);
        if (input.Files.Select(file => file.Path).Append(options.Model).FirstOrDefault(file => Real(file) == output) is { } read)
            throw PredictErrors.Usage($"The output {options.Output} is the file {read} that is read. Name another one.");
        if (!options.Overwrite)
            throw new PlainOutput(options.Output).Exists();
    }

    /// <summary>Two names of one file are one file.</summary>
    private static string Real(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    private (IReadOnlyList<PredictionColumn> Columns, TableScorer Scorer) Prepare(IModel model, PredictInput input)
    {
        try
        {
            Prediction[] predictions = [.. options.Types.Select(model.PredictionOf)];
            PredictionColumn[] columns = [.. predictions.SelectMany(PredictionColumn.Of)];
            var scorer = new TableScorer(model, predictions, new TableScorerOptions
            {
                Files = input.Tables,
                Validator = file => new RefusedRows(file.RemovedRows, input.Shown(file.Path), toStandardOutput: options.Output == Standard),
                Shown = input.Shown,
                Key = options.Key,
                KeyAsText = !IsParquet(options.Output), // CSV knows texts only.
                Delimiter = options.Delimiter,
                Threads = options.Threads,
                MemoryMiB = options.MemoryMiB,
                Reader = options.Reader,
            });
            if (columns.Any(column => column.Name == options.Key))
                throw PredictErrors.Usage($"The key column is called {options.Key}, as one of the output's columns is. Rename it in the input.");
            return (columns, scorer);
        }
        catch (ModelException e)
        {
            throw PredictErrors.Model(options.Model, e);
        }
    }

    private void WriteFile(DuckColumn? key, IReadOnlyList<PredictionColumn> columns, IEnumerable<ScoredBlock> blocks) =>
        new PlainOutput(options.Output).Write(file =>
        {
            if (Delimiter(options.Output) is { } delimiter)
            {
                using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
                CsvPredictions.Write(stream, delimiter, options.Key, columns, blocks);
            }
            else
            {
                ParquetPredictions.Write(file, key, columns, blocks, options.MemoryMiB);
            }
        });
}
