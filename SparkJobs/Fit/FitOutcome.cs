using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>What <c>fit</c> says at its end.</summary>
internal static class FitOutcome
{
    /// <summary>A training that was asked to end is no success, though there is a model.</summary>
    public static JobOutcome Of(FitSummary summary, FitOptions options)
    {
        TrainingResult result = summary.Result;
        JsonObject json = new()
        {
            ["rows"] = summary.Rows,
            ["columns"] = summary.Columns,
            ["trees"] = result.Model.TreeCount,
            ["best_iteration"] = result.Best?.Iteration,
            ["best_value"] = result.Best?.Value,
            ["end"] = result.End.ToString(),
            ["output"] = options.Output,
        };
        string wrote = string.Create(CultureInfo.InvariantCulture,
            $"wrote {options.Output}: {result.Model.TreeCount:N0} trees from {summary.Rows:N0} rows and {summary.Columns:N0} columns{End(result.End)}");
        ExitCode exit = result.End == TrainingEnd.Cancelled ? ExitCode.Interrupted : ExitCode.Ok;
        return new JobOutcome(exit, [.. TrainingConsole.Summary(result).Where(line => line.Length > 0), wrote], json)
        {
            Notes = [.. Notes(options, result)],
        };
    }

    private static IEnumerable<string> Notes(FitOptions options, TrainingResult result)
    {
        if (options.Weight is not null && result.Model.Loss is "MAE" or "Quantile" or "MAPE" or "LogCosh")
            yield return $"The leaves of the loss {result.Model.Loss} are computed without weights, as in CatBoost; the weights decide splits and metrics only.";
        if (result.End == TrainingEnd.Cancelled && options.Snapshot is { } snapshot)
            yield return $"The same command with --overwrite goes on from {snapshot}.";
    }

    private static string End(TrainingEnd end) => end switch
    {
        TrainingEnd.Cancelled => "; the training was interrupted, and the model has the trees so far",
        TrainingEnd.TimeLimit => "; the time was over, and the model has the trees so far",
        TrainingEnd.EarlyStop => "; the eval metric got no better",
        _ => "",
    };
}
