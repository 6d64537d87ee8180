using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Trains a model from plain files: the one that CatBoost would train.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="run">Who is told of progress.</param>
internal sealed class FitJob(FitOptions options, TrainingRun run)
{
    /// <summary>Runs the job.</summary>
    /// <exception cref="BatchScoringException">It fails; no model is left behind.</exception>
    /// <exception cref="TrainingException">It cannot be had so; no model is left behind.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before there was a tree.</exception>
    public FitSummary Run(CancellationToken cancellation)
    {
        CheckOptions();
        var parameters = FitParameters.Read(options.Parameters);
        using var source = FitSource.Find(options, cancellation);
        CheckOutput(source);
        string[] names = Features(source);
        LossFunction loss = parameters.Training.Loss.Function;
        bool areClasses = ClassRules.AreClasses(loss) && parameters.Classes.TargetBorder is null;
        TrainingParameters training = parameters.For(names);
        var rows = RowSet.Of(source, options.Where is { } where ? new RowFilter("--where", where, options.Delimiter) : null, cancellation);
        var facts = RowFacts.Read(source, rows, options, areClasses, cancellation);
        (training, float[][] targets) = Targets.Of(facts, parameters, training, options.Labels);
        FitColumns columns = new(source, rows, facts.Rows, options.Threads, cancellation);
        LearnTable table = new(
            columns.Of(names, options.Categories.ToHashSet(StringComparer.Ordinal), parameters.ForbidsMissing), targets, facts.Weights);
        TrainingResult result = CatBoostTrainer.Train(table, training, run, cancellation);
        WriteFile(result.Model);
        return new FitSummary(facts.Rows, names.Length, result);
    }

    private void CheckOptions()
    {
        if (options.Threads < 1) throw FitErrors.Usage($"--threads is 1 or more, found {options.Threads}.");
        if (!options.Output.EndsWith(".cbm", StringComparison.OrdinalIgnoreCase))
            throw FitErrors.Usage($"The output {options.Output} must end in .cbm.");
        if (Directory.Exists(options.Output)) throw FitErrors.Usage($"The output {options.Output} is a folder; name a file.");
    }

    private void CheckOutput(FitSource source)
    {
        if (source.Files.Count == 0) throw FitErrors.NoRows("");
        if (File.Exists(options.Output) && !options.Overwrite) throw FitErrors.Exists(options.Output);
        string folder = Path.GetDirectoryName(Path.GetFullPath(options.Output))!;
        // Hours of work would end here.
        if (!Directory.Exists(folder)) throw FitErrors.Output(options.Output, new DirectoryNotFoundException($"There is no folder {folder}."));
    }

    private string[] Features(FitSource source)
    {
        string[] beside = [.. options.Labels, .. options.Ignored, .. options.Weight is null ? [] : new[] { options.Weight }];
        source.Require([.. beside, .. options.Categories]);
        if (options.Categories.Intersect(beside, StringComparer.Ordinal).FirstOrDefault() is { } both)
            throw FitErrors.Usage($"The column {both} is named in --cat-features, and it is the label, the weight, or ignored.");
        string[] names = [.. source.Names.Except(beside, StringComparer.Ordinal)];
        return names.Length > 0 ? names : throw FitErrors.Usage("No column is left to learn from, beside the label, the weight and those ignored.");
    }

    /// <summary>Writes under another name first: whoever sees the model sees all of it.</summary>
    private void WriteFile(CatBoostModel model)
    {
        string output = Path.GetFullPath(options.Output);
        string temporary = Path.Combine(Path.GetDirectoryName(output)!, $".{Path.GetFileName(output)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0))
            {
                stream.Write(model.ToCbm());
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, output, overwrite: true);
        }
        catch (UnauthorizedAccessException e)
        {
            throw FitErrors.Forbidden(options.Output, e);
        }
        catch (IOException e)
        {
            throw FitErrors.Output(options.Output, e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }
}
