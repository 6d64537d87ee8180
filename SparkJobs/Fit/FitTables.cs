using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>The rows of files as the trainer takes them.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="parameters">How labels become classes.</param>
/// <param name="names">The features.</param>
/// <param name="cancellation">Ends reading.</param>
internal sealed class FitTables(FitOptions options, FitParameters parameters, string[] names, CancellationToken cancellation)
{
    private readonly bool _areClasses =
        ClassRules.AreClasses(parameters.Training.Loss.Function) && parameters.Classes.TargetBorder is null;

    /// <summary>Rows to learn from; and the parameters, which know the classes now.</summary>
    public (LearnTable Table, TrainingParameters Training) Learn(FitSource source, RowSet rows, TrainingParameters training)
    {
        RowFacts facts = Facts(source, rows, "to learn from");
        (training, float[][] targets) = Targets.Of(facts, parameters, training, options.Labels);
        return (Table(source, rows, facts, targets), training);
    }

    /// <summary>Rows to measure on.</summary>
    public LearnTable Eval(FitSource source, RowSet rows, TrainingParameters training)
    {
        RowFacts facts = Facts(source, rows, "to measure on");
        return Table(source, rows, facts, Targets.OfEval(facts, parameters.Classes, training.Classes));
    }

    private RowFacts Facts(FitSource source, RowSet rows, string purpose)
    {
        var facts = RowFacts.Read(source, rows, options, _areClasses, cancellation);
        return facts.Rows > 0 ? facts : throw FitErrors.NoRows(purpose);
    }

    private LearnTable Table(FitSource source, RowSet rows, RowFacts facts, float[][] targets) => new(
        new FitColumns(source, rows, facts.Rows, options.Threads, cancellation).Of(
            names, options.Categories.ToHashSet(StringComparer.Ordinal), parameters.ForbidsMissing), targets, facts.Weights)
    {
        Baseline = facts.Baseline,
    };
}
