namespace BatchScoring.Training;

/// <summary>Rows, columns and categories that trees are grown by.</summary>
internal static class SamplingParameters
{
    public static readonly Dictionary<string, Func<TrainingParameters, ParameterValue, TrainingParameters>> All = new(StringComparer.Ordinal)
    {
        ["bootstrap_type"] = (own, value) => own with { BootstrapType = value.Choice<BootstrapType>("Poisson") },
        ["subsample"] = (own, value) => own with { Subsample = value.Share() },
        ["bagging_temperature"] = (own, value) => own with { BaggingTemperature = value.NumberFrom0() },
        ["mvs_reg"] = (own, value) => own with { MvsReg = value.NumberFrom0() },
        ["sampling_frequency"] = (own, value) => own with { SamplingFrequency = value.Choice<SamplingFrequency>() },
        ["sampling_unit"] = TreeParameters.Only(value => value.OneOf(["Object"], "Group")),
        ["rsm"] = (own, value) => own with { Rsm = value.Share() },
        ["one_hot_max_size"] = (own, value) => own with { OneHotMaxSize = value.Whole(0) },
        ["max_ctr_complexity"] = (own, value) => own with { MaxCtrComplexity = value.Whole(1) },
        ["model_size_reg"] = (own, value) => own with { ModelSizeReg = value.NumberFrom0() },
        ["permutation_count"] = (own, value) => own with { PermutationCount = value.Whole(1) },
        ["fold_permutation_block"] = (own, value) => own with { FoldPermutationBlock = value.Whole(1) },
        ["has_time"] = (own, value) => own with { HasTime = value.Flag() },
        ["auto_class_weights"] = (own, value) => own with { AutoClassWeights = value.Choice<AutoClassWeights>() },
    };
}
