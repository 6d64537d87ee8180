using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Predict;

namespace BatchScoring.SparkJobs.Importance;

/// <summary>Counts importances, and tells them.</summary>
internal static class ImportanceJob
{
    /// <summary>More pairs than people read are in the JSON only.</summary>
    private const int ShownPairs = 20;

    public static BatchScoringException Usage(string text) => new(JobErrors.ImportanceUsage, text);

    /// <param name="options">The model, and the rows with their label as key; no input: none.</param>
    /// <param name="isCorrected">Whether CatBoost's faults are left out.</param>
    /// <param name="progress">Told of rows.</param>
    /// <param name="cancellation">Ends it.</param>
    public static JobOutcome Run(PredictOptions options, bool isCorrected, IProgressDisplay progress, CancellationToken cancellation)
    {
        if (ModelFile.Load(options.Model).Model is not CatBoostModel model)
            throw Usage($"{options.Model} is no CatBoost model; importance is told of CatBoost's trees.");
        try
        {
            ImmutableArray<double> values = FeatureImportance.PredictionValuesChange(model);
            ImmutableArray<double>? losses = options.Key is null ? null : Losses(model, options, isCorrected, progress, cancellation);
            (ImmutableArray<FeatureInteraction> pairs, string[] notes) = Pairs(model, isCorrected);
            return Tell(model, values, losses, pairs) with { Notes = notes };
        }
        catch (ModelException e)
        {
            throw PredictErrors.Model(options.Model, e);
        }
    }

    private static ImmutableArray<double> Losses(
        CatBoostModel model, PredictOptions options, bool isCorrected, IProgressDisplay progress, CancellationToken cancellation)
    {
        LossFunctionChange change = new(model, isCorrected);
        ContributionModel contributions = new(model, change.Scorer);
        using var input = PredictInput.Find(options, Stream.Null, cancellation);
        using TableScorer scorer = new(contributions, [contributions.Scores()], new TableScorerOptions
        {
            Files = input.Tables,
            Validator = file => new RefusedRows(file.RemovedRows, file.Path, toStandardOutput: false),
            Key = options.Key,
            KeyAsText = true,
            Delimiter = options.Delimiter,
            Threads = options.Threads,
            MemoryMiB = options.MemoryMiB,
        });
        scorer.Check(cancellation);
        LabelReader labels = new(model, options.Key!);
        progress.Begin("importance", 0);
        long rows = 0;
        foreach (ScoredBlock block in scorer.Score(cancellation))
        {
            change.Add(block.Values.AsSpan(0, block.Rows * contributions.OutputCount), labels.Read(block, rows));
            rows += block.Rows;
            progress.Advance(block.Rows);
            scorer.Recycle(block);
        }

        progress.End();
        return rows > 0 ? change.Changes() : throw Usage($"{options.Input} has no rows, and losses are counted on rows.");
    }

    /// <summary>Where they mean nothing, the rest is told all the same.</summary>
    private static (ImmutableArray<FeatureInteraction> Pairs, string[] Notes) Pairs(CatBoostModel model, bool isCorrected)
    {
        try
        {
            return (FeatureImportance.Interactions(model, isCorrected), []);
        }
        catch (ModelException e) when (e.Code == ModelErrorCodes.NoImportance)
        {
            return ([], [$"{e.Message} (--corrected)"]);
        }
    }

    private static JobOutcome Tell(
        CatBoostModel model, ImmutableArray<double> values, ImmutableArray<double>? losses, ImmutableArray<FeatureInteraction> pairs)
    {
        string[] names = [.. model.Describe().Features.Select(feature => feature.Name)];
        int[] order = [.. Enumerable.Range(0, names.Length).OrderByDescending(column => (losses ?? values)[column])
            .ThenByDescending(column => values[column])];
        int width = names.Max(name => name.Length);
        string Row(string name, string value, string loss) => $"{name.PadRight(width)}  {value,22}  {(losses is null ? "" : $"{loss,20}")}".TrimEnd();
        return JobOutcome.Ok(
            new JsonObject
            {
                ["loss"] = model.Loss,
                ["features"] = new JsonArray([.. order.Select(column => (JsonNode)new JsonObject
                {
                    ["name"] = names[column],
                    ["PredictionValuesChange"] = values[column],
                    ["LossFunctionChange"] = losses?[column],
                })]),
                ["Interaction"] = new JsonArray([.. pairs.Select(pair => (JsonNode)new JsonObject
                {
                    ["first"] = names[pair.First],
                    ["second"] = names[pair.Second],
                    ["percent"] = pair.Percent,
                })]),
            },
            [
                Row("", "PredictionValuesChange", "LossFunctionChange"),
                .. order.Select(column => Row(names[column], Text(values[column]), losses is { } found ? Text(found[column]) : "")),
                .. pairs.IsEmpty ? [] : new[] { "", $"{"Interaction".PadRight((2 * width) + 2)}  percent" },
                .. pairs.Take(ShownPairs).Select(pair => $"{names[pair.First].PadRight(width)}  {names[pair.Second].PadRight(width)}  {Text(pair.Percent),7}"),
            ]);
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 0.01 ? "0.0000" : "0.####E+0", CultureInfo.InvariantCulture);
}
