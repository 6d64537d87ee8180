using System.Globalization;

namespace BatchScoring.Training.Continuing;

/// <summary>
/// All parameters that decide trees, as texts: what is measured and for how long may change from one part of a training to the next.
/// </summary>
internal static class TrainingSettings
{
    /// <param name="parameters">As given.</param>
    /// <param name="rate">The learning rate, also where none is given.</param>
    /// <param name="columns">How many there are.</param>
    public static SortedDictionary<string, string> Of(TrainingParameters parameters, float rate, int columns)
    {
        bool hasFewTrees = parameters.Iterations < 200;
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["auto_class_weights"] = Text(parameters.AutoClassWeights),
            ["bagging_temperature"] = Text(parameters.BaggingTemperature),
            ["boost_from_average"] = Text(parameters.BoostFromAverage),
            ["bootstrap_type"] = Text(parameters.BootstrapType),
            ["class_weights"] = string.Join(',', parameters.ClassWeights?.Select(weight => Text(weight)) ?? []),
            ["combinations_ctr"] = Text(parameters.CombinationsCtr),
            ["counter_calc_method"] = Text(parameters.CounterCalcMethod),
            ["ctr_leaf_count_limit"] = Text(parameters.CtrLeafCountLimit),
            ["ctr_target_border_count"] = Text(parameters.CtrTargetBorderCount),
            ["depth"] = Text(parameters.Depth),
            ["fold_permutation_block"] = Text(parameters.FoldPermutationBlock),
            ["has_time"] = Text(parameters.HasTime),
            ["ignored_features"] = string.Join(',', parameters.IgnoredFeatures.Order(StringComparer.Ordinal)),
            ["l2_leaf_reg"] = Text(parameters.L2),
            ["leaf_estimation_backtracking"] = Text(parameters.LeafEstimationBacktracking),
            ["leaf_estimation_iterations"] = Text(parameters.LeafIterations(columns, 0)),
            ["leaf_estimation_method"] = Text(parameters.LeafEstimationMethod),
            ["learning_rate"] = Text(rate),
            ["loss_blocks"] = Text(parameters.LossBlocks),
            ["loss_function"] = parameters.Loss.Function + string.Concat(parameters.Loss.Numbers.Select(one =>
                $":{one.Key}={Text(one.Value)}").Order(StringComparer.Ordinal)),
            ["max_ctr_complexity"] = Text(parameters.MaxCtrComplexity ?? (hasFewTrees ? 1 : 4)),
            ["model_shrink_mode"] = Text(parameters.ModelShrinkMode),
            ["model_shrink_rate"] = Text(parameters.ModelShrinkRate),
            ["model_size_reg"] = Text(parameters.ModelSizeReg),
            ["mvs_reg"] = Text(parameters.MvsReg),
            ["one_hot_max_size"] = Text(parameters.OneHotMaxSize),
            ["per_feature_ctr"] = string.Join('|', parameters.PerFeatureCtr.Select(one => $"{one.Key}:{Text(one.Value)}").Order(
                StringComparer.Ordinal)),
            ["permutation_count"] = Text(parameters.PermutationCount),
            ["per_float_feature_quantization"] = string.Join(';', parameters.ColumnQuantisations.Select(one =>
                $"{one.Key}:{Text(one.Value)}").Order(StringComparer.Ordinal)),
            ["quantization"] = Text(parameters.Quantisation),
            ["random_score_type"] = Text(parameters.RandomScoreType),
            ["random_seed"] = Text(parameters.RandomSeed),
            ["random_strength"] = Text(parameters.RandomStrength),
            ["rsm"] = Text(parameters.Rsm),
            ["sampling_frequency"] = Text(parameters.SamplingFrequency),
            ["score_function"] = Text(parameters.ScoreFunction),
            ["simple_ctr"] = Text(parameters.SimpleCtr),
            ["store_all_simple_ctr"] = Text(parameters.StoreAllSimpleCtr),
            ["subsample"] = Text(parameters.Subsample),
        };
    }

    private static string Text(object? value) => value switch
    {
        null => "none",
        IReadOnlyList<CtrDefinition> list => string.Join(';', list.Select(one =>
            $"{one.Type},{Text(one.BorderCount)},{Text(one.TargetBorderCount)},{string.Join(' ', one.Priors.Select(prior => Text(prior)))}")),
        ColumnQuantisation rule => $"{Text(rule.BorderCount)},{rule.BorderType},{rule.NanMode}",
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
