using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Trains a model from plain files: the one that CatBoost would train.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="run">Who is told of progress, and where logs and snapshots go.</param>
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
        CheckLabels(parameters.Training.Loss.Function);
        using var source = FitSource.Find(options, options.Inputs, cancellation);
        CheckOutput(source);
        string[] names = Features(source);
        FitSource[] evals = [.. options.EvalInputs.Select(input => FitSource.Find(options, [input], cancellation))];
        try
        {
            foreach (FitSource eval in evals) eval.Require([.. names, .. Beside()]);
            return Train(parameters, source, evals, names, cancellation);
        }
        finally
        {
            foreach (FitSource eval in evals) eval.Dispose();
        }
    }

    private FitSummary Train(
        FitParameters parameters, FitSource source, IReadOnlyList<FitSource> evals, string[] names, CancellationToken cancellation)
    {
        if (parameters.Training.UseBestModel == true && evals.Count == 0 && options.EvalWhere is null)
            throw FitErrors.Usage("use_best_model is true, and there is no eval set to find the best by. Say --eval-where or --eval-input.");
        TrainingParameters training = parameters.For(names);
        CatBoostModel? start = options.InitModel is { } file ? Start(file) : null;
        FitTables tables = new(options, parameters, names, cancellation);
        RowFilter? where = options.Where is { } sql ? new("--where", sql, options.Delimiter) : null;
        RowFilter? aside = options.EvalWhere is { } eval ? new("--eval-where", eval, options.Delimiter) : null;
        (LearnTable table, training) = tables.Learn(source, RowSet.Of(source, Filters(where, aside, isEval: false), cancellation), training);
        List<LearnTable> sets = aside is null ? []
            : [tables.Eval(source, RowSet.Of(source, Filters(where, aside, isEval: true), cancellation), training)];
        sets.AddRange(evals.Select(other => tables.Eval(other, RowSet.Of(other, [], cancellation), training)));
        TrainingResult result = CatBoostTrainer.Train(table, training, run with { EvalSets = sets, InitModel = start }, cancellation);
        WriteFile(result.Model);
        return new FitSummary(table.Rows, names.Length, result);
    }

    private static (RowFilter Filter, bool Wanted)[] Filters(RowFilter? where, RowFilter? aside, bool isEval) =>
        [.. where is null ? [] : new[] { (where, true) }, .. aside is null ? [] : new[] { (aside, isEval) }];

    private static CatBoostModel Start(string file) => ModelFile.Load(file).Model as CatBoostModel
        ?? throw FitErrors.Usage($"--init-model {file} is no CatBoost model.");

    private void CheckOptions()
    {
        if (options.Threads < 1) throw FitErrors.Usage($"--threads is 1 or more, found {options.Threads}.");
        if (!options.Output.EndsWith(".cbm", StringComparison.OrdinalIgnoreCase))
            throw FitErrors.Usage($"The output {options.Output} must end in .cbm.");
        if (options is { Snapshot: null, SnapshotInterval: not null }) throw FitErrors.Usage("--snapshot-interval is given without --snapshot.");
        if (options.SnapshotInterval < 0 || options.TimeLimit < 0) throw FitErrors.Usage("Seconds cannot be negative.");
        if (Directory.Exists(options.Output)) throw FitErrors.Usage($"The output {options.Output} is a folder; name a file.");
    }

    private void CheckLabels(LossFunction loss)
    {
        bool hasSeveral = loss is LossFunction.MultiRMSE or LossFunction.MultiLogloss or LossFunction.MultiCrossEntropy;
        if (hasSeveral != options.Labels.Count > 1)
            throw FitErrors.LabelCount(loss, options.Labels.Count, hasSeveral ? "two or more, separated by commas" : "one");
        if (Beside().GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            throw FitErrors.NamedTwice(twice.Key);
    }

    private void CheckOutput(FitSource source)
    {
        if (source.Files.Count == 0) throw FitErrors.NoRows("to learn from");
        if (File.Exists(options.Output) && !options.Overwrite) throw new PlainOutput(options.Output).Exists();
        // Hours of work would end here.
        new PlainOutput(options.Output).Probe();
    }

    /// <summary>Columns that are read and no features.</summary>
    private string[] Beside() => [.. options.Labels, .. options.Baseline, .. options.Weight is null ? [] : new[] { options.Weight }];

    private string[] Features(FitSource source)
    {
        string[] beside = Beside();
        source.Require([.. beside, .. options.Ignored, .. options.Categories], inputs: 1);
        if (options.Categories.Intersect([.. beside, .. options.Ignored], StringComparer.Ordinal).FirstOrDefault() is { } both)
            throw FitErrors.Usage($"The column {both} is named in --cat-features, and it is the label, the weight, a baseline, or ignored.");
        string[] names = [.. source.Names.Except([.. beside, .. options.Ignored], StringComparer.Ordinal)];
        if (names.Length == 0) throw FitErrors.Usage("No column is left to learn from, beside the label, the weight and those ignored.");
        source.Require([.. names, .. beside]);
        return names;
    }

    private void WriteFile(CatBoostModel model) => new PlainOutput(options.Output).Write(file =>
    {
        using FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        stream.Write(model.ToCbm());
        stream.Flush(flushToDisk: true);
    });
}
