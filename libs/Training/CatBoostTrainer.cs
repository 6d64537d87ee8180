using BatchScoring.Models;
using BatchScoring.Training.Continuing;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Logs;
using BatchScoring.Training.Measuring;
using BatchScoring.Training.Metrics;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training;

/// <summary>
/// Trains the model that CatBoost 1.2.10 would: the same borders, the same splits in the same order, the same leaf values to the last bit.
/// The number of threads never changes a bit.
/// </summary>
public static class CatBoostTrainer
{
    /// <summary>Trains. Whatever ends it, what is trained by then is a model.</summary>
    /// <param name="table">Rows to learn from; is not changed.</param>
    /// <param name="parameters">As CatBoost calls them.</param>
    /// <param name="run">Eval sets, who is told of progress, when to stop; null: none of them, and nothing is measured.</param>
    /// <param name="cancellation">Ends it after the tree that grows.</param>
    /// <exception cref="OperationCanceledException">Cancelled before there was a tree.</exception>
    public static TrainingResult Train(
        LearnTable table, TrainingParameters parameters, TrainingRun? run = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(parameters);
        bool isMeasured = run is not null;
        run ??= new TrainingRun();
        foreach (LearnTable eval in run.EvalSets)
        {
            if (!eval.Columns.Select(column => column.GetType()).SequenceEqual(table.Columns.Select(column => column.GetType())))
                throw new ArgumentException("An eval set has other columns than the rows to learn from.", nameof(run));
        }

        if (run.Threads is { } threads) parameters = parameters with { Threads = Math.Min(threads, Environment.ProcessorCount) };
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.Threads, 1, nameof(run));
        TreeParameters.CheckDepth(parameters.Depth);
        if (isMeasured) Measures.Check(parameters);
        var start = StartValues.Of(table, parameters, run.InitModel);
        CatBoostRandom random = new(parameters.RandomSeed);
        if (!parameters.HasTime && table.Columns.Any(column => column is CategoryColumn))
            table = table.Reordered(RowSubset.Shuffle(random, table.Rows));
        int[]? seen = RowSubset.OfBorders(random, table.Rows);
        // Numbers before categories: so candidates are ordered.
        (LearnColumn Column, int Place)[] learned = [.. table.Columns.Select((column, place) => (column, place)).OrderBy(one =>
            one.column is CategoryColumn)];
        using Workers workers = new(parameters.Threads);
        var columns = new QuantisedColumn[learned.Length];
        workers.ForAll(columns.Length, (one, _) =>
        {
            cancellation.ThrowIfCancellationRequested();
            columns[one] = Quantise(learned[one], parameters, seen, start.Model);
        });
        if (Array.TrueForAll(columns, column => column.BinCount < 2)) throw new TrainingException(TrainingFault.Rows,
            "Every column has one value only, or is ignored; there is nothing to learn from.");
        if (parameters.Loss.Function is not (LossFunction.Logloss or LossFunction.RMSE) && Array.Exists(columns, column => column.IsCtr))
            throw new TrainingException(TrainingFault.Unsupported, "Numbers are made of categories with the losses Logloss and RMSE only, and "
                + $"the loss is {parameters.Loss.Function}. Raise one_hot_max_size (it is {parameters.OneHotMaxSize}), so that categories are "
                + "learned one at a time.");
        float[]? classes = RowWeights.Classes(table, parameters), weights = RowWeights.Of(table, classes);
        double lambda = parameters.L2 * ((weights is null ? table.Rows : weights.Sum(weight => (double)weight)) / table.Rows);
        double[][]? from = start.Of(table);
        Fold[] evals = [.. run.EvalSets.Select(eval => EvalRows.Cut(
            eval, columns, RowWeights.Of(eval, classes), start.OfEval(eval, table.Baseline is not null)))];
        Fold[] folds = [.. Folds.Of(table, columns, weights, from, parameters, random, evals)];
        string[] names = [.. learned.Select(one => one.Column.Name)];
        bool keepsBest = run.EvalSets.Count > 0 && (parameters.UseBestModel ?? run.EvalSets[^1].Labels.Distinct().Skip(1).Any());
        Boosting boosting = new(folds, lambda, parameters, random, keepsBest, workers);
        SnapshotKeeper? keeper = run.SnapshotFile is null ? null : new(
            run.SnapshotFile, run, TrainingSettings.Of(parameters, boosting.Rate, columns.Length),
            RowsHash.Of(names, columns, table.Targets, weights, from, folds[^1].AlsoCounted));
        Measurements? measurements = isMeasured ? new(
            parameters, folds[^1], [.. evals.Select(eval => new EvalRows(folds[^1], eval))], [.. boosting.Start], boosting.Exponents)
            : null;
        using TrainingLog? log = run.TrainDirectory is null || measurements is null ? null
            : TrainingLog.Open(run.TrainDirectory, parameters.Name, parameters.Iterations, measurements.Logged);
        TrainingClock clock = new(run, parameters.Iterations, log);
        (List<TrainedTree> all, TrainingEnd end) = boosting.Train(measurements, clock, keeper, cancellation);
        int kept = keepsBest && measurements?.BestKept is { } best ? best.Iteration + 1 : all.Count;
        (List<TrainedTree> trees, double[] bias) = boosting.Finish(all, kept);
        CatBoostModelParts parts = ModelParts.Of(names, columns, folds[^1], bias, trees) with { Info = ModelDescription.Of(parameters) };
        CatBoostModel model = new(start.Model?.Before(parts) ?? parts);
        return new TrainingResult(model, measurements?.Curves ?? TrainingCurves.None, measurements?.Best, all.Count, end);
    }

    private static QuantisedColumn Quantise(
        (LearnColumn Column, int Place) one, TrainingParameters parameters, int[]? seen, InitModel? old)
    {
        ColumnQuantisation? rule = parameters.QuantisationOf(one.Column);
        QuantisedColumn quantised = one.Column is NumericColumn numbers
            ? QuantisedColumn.Of(numbers.Read(), rule, seen, old?.BordersOf(one.Place))
            : QuantisedColumn.Of(((CategoryColumn)one.Column).Read(), rule is null ? null : parameters.OneHotMaxSize);
        return quantised with { Place = one.Place };
    }
}
