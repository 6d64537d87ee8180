namespace BatchScoring.Training;

/// <summary>What is measured while a model grows, and when it is enough.</summary>
internal static class RunParameters
{
    public static readonly Dictionary<string, Func<TrainingParameters, ParameterValue, TrainingParameters>> All = new(StringComparer.Ordinal)
    {
        ["eval_metric"] = (own, value) => own with { EvalMetric = value.Text() },
        ["custom_metric"] = (own, value) => own with { CustomMetrics = value.Texts() },
        ["metric_period"] = (own, value) => own with { MetricPeriod = value.Whole(1) },
        ["use_best_model"] = (own, value) => own with { UseBestModel = value.Flag() },
        ["best_model_min_trees"] = (own, value) => own with { BestModelMinTrees = value.Whole(0) },
        ["od_type"] = (own, value) => own with { OdType = value.Choice<OdType>("Wilcoxon") },
        ["od_wait"] = (own, value) => own with { OdWait = value.Whole(1) },
        ["od_pval"] = (own, value) => own with { OdPval = value.NumberFrom0() },
        ["name"] = (own, value) => own with { Name = value.Text() },
    };
}
