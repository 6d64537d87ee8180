using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Scores plain files: answers what CatBoost answers, row for row, and sets nothing aside.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="standardOutput">Where the output <c>-</c> goes.</param>
/// <param name="advance">Told of every block of rows that was answered.</param>
internal sealed class PredictJob(PredictOptions options, Stream standardOutput, Action<long>? advance = null)
{
    /// <summary>The output that is standard output.</summary>
    public const string StandardOutput = "-";

    /// <summary>Runs the job.</summary>
    /// <exception cref="BatchScoringException">It fails; no output is left behind.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no output is left behind.</exception>
    public PredictSummary Run(CancellationToken cancellation)
    {
        CheckOptions();
        IModel model = ModelFile.Load(options.Model).Model;
        var input = PredictInput.Find(options.Input);
        Scoring scoring = Prepare(model, input);
        DuckColumn? key = scoring.Check(input, cancellation);
        var summary = new PredictSummary(
            0, input.Files.Count, [.. scoring.Columns.Select(column => column.Name)], BoundByPosition: !model.HasFeatureNames);
        if (options.DryRun) return summary;
        long rows = 0;
        if (options.Output == StandardOutput) new CsvAnswers(standardOutput, (byte)',').Write(options.Key, scoring.Columns, Blocks());
        else WriteFile(key, scoring.Columns, Blocks());
        return summary with { Rows = rows };

        IEnumerable<ScoredBlock> Blocks()
        {
            foreach (ScoredBlock block in ScoredRows.Run(scoring, Piece.Cut(input, options.Threads), options.Threads, cancellation))
            {
                rows += block.Rows;
                advance?.Invoke(block.Rows);
                yield return block;
                scoring.Recycle(block);
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
        if (options.Output != StandardOutput && !IsParquet(options.Output) && Delimiter(options.Output) is null)
            throw PredictErrors.Usage($"The output {options.Output} must end in .parquet, .csv or .tsv, or be - for standard output.");
        if (Directory.Exists(options.Output)) throw PredictErrors.Usage($"The output {options.Output} is a folder; name a file.");
    }

    private Scoring Prepare(IModel model, PredictInput input)
    {
        try
        {
            var scoring = new Scoring(model, options, input);
            if (scoring.Columns.Any(column => column.Name == options.Key))
                throw PredictErrors.Usage($"The key column is called {options.Key}, as one of the output's columns is. Rename it in the input.");
            return scoring;
        }
        catch (ModelException e)
        {
            throw PredictErrors.Model(options.Model, e);
        }
    }

    /// <summary>Writes under another name first: whoever sees the output sees all of it.</summary>
    private void WriteFile(DuckColumn? key, IReadOnlyList<AnswerColumn> columns, IEnumerable<ScoredBlock> blocks)
    {
        string output = Path.GetFullPath(options.Output);
        string temporary = Path.Combine(Path.GetDirectoryName(output)!, $".{Path.GetFileName(output)}.{Guid.NewGuid():N}.tmp");
        try
        {
            if (Delimiter(output) is { } delimiter)
            {
                using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
                new CsvAnswers(stream, delimiter).Write(options.Key, columns, blocks);
            }
            else
            {
                ParquetAnswers.Write(temporary, key, columns, blocks);
            }

            File.Move(temporary, output, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw PredictErrors.Forbidden(options.Output, e);
        }
        catch (Exception e) when (e is IOException or DuckDbException { Kind: DuckDbErrorKind.Disk or DuckDbErrorKind.Missing or DuckDbErrorKind.Rights })
        {
            throw PredictErrors.Output(options.Output, e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }
}
