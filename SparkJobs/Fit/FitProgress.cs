using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Tells what a training has come to, in CatBoost's words: every iteration that was measured, or every so many by verbose.</summary>
/// <param name="display">Where it is shown.</param>
/// <param name="parameters">As they were given.</param>
internal sealed class FitProgress(IProgressDisplay display, JsonObject parameters)
{
    private readonly int _period = parameters["verbose"] is JsonValue value && value.TryGetValue(out int every) ? every
        : parameters["verbose"] is JsonValue flag && flag.TryGetValue(out bool isOn) && !isOn ? 0 : 1;

    public void Tell(TrainingProgress now)
    {
        bool isLast = now.Remaining == TimeSpan.Zero;
        if (now.Metrics.Count > 0 && _period > 0 && (now.Iteration % _period == 0 || isLast)) display.Say(TrainingConsole.Line(now));
    }
}
