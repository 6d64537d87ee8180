namespace BatchScoring.Training.Metrics;

/// <summary>What can be wrong with a metric's name.</summary>
internal static class MetricErrors
{
    public static TrainingException Form(string text, string pair) => new(
        TrainingFault.Parameter,
        $"The metric '{text}' cannot be read: '{pair}' is not NAME=VALUE, or is there twice. Write it as F:beta=0.5.");

    public static TrainingException Setting(MetricText metric, string name, string found, string allowed) => new(
        TrainingFault.Parameter, $"The metric {metric.Name} has {name} = {found}; allowed is {allowed}: {metric.Name}:{name}=…");

    public static TrainingException UnknownSetting(MetricText metric, string name, string[] known) => new(
        TrainingFault.Parameter,
        $"The metric {metric.Name} has no setting '{name}'. It has: {string.Join(", ", [.. known, "use_weights", "hints"])}.")
    {
        Word = name,
        Known = known,
    };

    public static TrainingException Unknown(string name, LossFunction loss, IReadOnlyList<string> known) => new(
        TrainingFault.Parameter, $"'{name}' is no metric that can be measured for the loss {loss}. There are: {string.Join(", ", known)}.")
    {
        Word = name,
        Known = known,
    };

    public static TrainingException NoEvalMetric(string name) => new(
        TrainingFault.Parameter,
        $"{name} cannot choose the best iteration: its best value is neither the largest nor the smallest. Name it in custom_metric.");
}
