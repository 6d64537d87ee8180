using System.Globalization;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Tells what a training has come to, in CatBoost's words.</summary>
/// <param name="display">Where it is shown.</param>
internal sealed class FitProgress(IProgressDisplay display)
{
    public void Tell(TrainingProgress now)
    {
        if (now.Metrics.Count == 0) return;
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{now.Iteration}:");
        foreach (MetricValue metric in now.Metrics.Take(2))
            line.Append(CultureInfo.InvariantCulture, $"\t{(metric.EvalSet is null ? "learn" : "test")}: {metric.Value:F7}");
        line.Append(CultureInfo.InvariantCulture, $"\ttotal: {Time(now.Passed)}\tremaining: {Time(now.Remaining)}");
        display.Say(line.ToString());
    }

    private static string Time(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0}s");
}
