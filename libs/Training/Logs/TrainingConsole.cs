using System.Globalization;
using System.Text;

namespace BatchScoring.Training;

/// <summary>What CatBoost prints while it trains.</summary>
public static class TrainingConsole
{
    /// <summary>The line of an iteration; its metrics with seven decimals.</summary>
    public static string Line(TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{progress.Iteration}:");
        foreach (MetricValue value in progress.Metrics.Where(value => value.Metric == progress.EvalMetric))
        {
            string set = value.EvalSet is { } number ? Logs.LoggedMetrics.NameOf(number) : "learn";
            line.Append(CultureInfo.InvariantCulture, $"\t{set}: {value.Value:F7}");
        }

        if (progress.Best is { } best) line.Append(CultureInfo.InvariantCulture, $"\tbest: {best.Value:F7} ({best.Iteration})");
        return line.Append("\ttotal: ").Append(Time(progress.Passed)).Append("\tremaining: ").Append(Time(progress.Remaining)).ToString();
    }

    /// <summary>What is said in the end: the best value and iteration, and how much was left out.</summary>
    public static IEnumerable<string> Summary(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Best is not { } best) yield break;
        yield return string.Empty;
        yield return string.Create(CultureInfo.InvariantCulture, $"bestTest = {Logs.TrainingLog.Number(best.Value)}");
        yield return string.Create(CultureInfo.InvariantCulture, $"bestIteration = {best.Iteration}");
        yield return string.Empty;
        if (result.TrainedTrees > result.Model.TreeCount)
            yield return string.Create(CultureInfo.InvariantCulture, $"Shrink model to first {result.Model.TreeCount} iterations.");
    }

    private static string Time(TimeSpan time)
    {
        if (time.TotalMinutes >= 1)
        {
            return time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m {time.Seconds}s")
                : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}h {time.Minutes}m {time.Seconds}s");
        }

        (double number, string unit) = time.TotalSeconds >= 1 ? (time.TotalSeconds, "s")
            : time.TotalMilliseconds >= 1 ? (time.TotalMilliseconds, "ms") : (time.TotalMicroseconds, "us");
        // Three digits, but never an exponent: 999.7 is 1000.
        return number.ToString(number >= 100 ? "0" : number >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture) + unit;
    }
}
