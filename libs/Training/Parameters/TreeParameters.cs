namespace BatchScoring.Training;

/// <summary>Trees and their leaves.</summary>
internal static class TreeParameters
{
    public const int MaxDepth = 16;

    public static readonly Dictionary<string, Func<TrainingParameters, ParameterValue, TrainingParameters>> All = new(StringComparer.Ordinal)
    {
        ["loss_function"] = (own, value) => own with { Loss = LossRules.Read(value) },
        ["iterations"] = (own, value) => own with { Iterations = value.Whole(1) },
        ["learning_rate"] = (own, value) => own with { LearningRate = value.Number(rate => rate != 0, "a number, not 0") },
        ["depth"] = (own, value) => own with { Depth = value.Whole(0, MaxDepth) },
        ["l2_leaf_reg"] = (own, value) => own with { L2LeafReg = value.NumberFrom0() },
        ["random_seed"] = (own, value) => own with { RandomSeed = value.Seed() },
        ["random_strength"] = (own, value) => own with { RandomStrength = value.AnyNumber() },
        ["random_score_type"] = (own, value) => own with { RandomScoreType = value.Choice<RandomScoreType>() },
        ["score_function"] = (own, value) => own with
        {
            ScoreFunction = value.Choice<ScoreFunction>("SolarL2", "NewtonL2", "NewtonCosine", "LOOL2", "SatL2"),
        },
        ["leaf_estimation_iterations"] = (own, value) => own with { LeafEstimationIterations = value.Whole(1) },
        ["leaf_estimation_method"] = (own, value) => own with { LeafEstimationMethod = value.Choice<LeafEstimationMethod>("Simple") },
        ["leaf_estimation_backtracking"] = (own, value) => own with
        {
            LeafEstimationBacktracking = value.Choice<LeafEstimationBacktracking>("Armijo"),
        },
        ["model_shrink_rate"] = (own, value) => own with { ModelShrinkRate = value.AnyNumber() },
        ["model_shrink_mode"] = (own, value) => own with { ModelShrinkMode = value.Choice<ModelShrinkMode>() },
        ["boost_from_average"] = (own, value) => own with { BoostFromAverage = value.Flag() },
        ["thread_count"] = (own, value) => value.Whole(-1) is > 0 and var threads ? own with { LossBlocks = threads } : own,
        // These may say what is so anyway.
        ["grow_policy"] = Only(value => value.OneOf(["SymmetricTree"], "Depthwise", "Lossguide")),
        ["boosting_type"] = Only(value => value.OneOf(["Plain"], "Ordered")),
        ["task_type"] = Only(value => value.OneOf(["CPU"], "GPU")),
        ["langevin"] = Only(value => value.Flag() ? throw value.Unsupported("is true") : ""),
        ["posterior_sampling"] = Only(value => value.Flag() ? throw value.Unsupported("is true") : ""),
        // Symmetric trees do not ask for them.
        ["min_data_in_leaf"] = Only(value => value.Whole(0)),
        ["max_leaves"] = Only(value => value.Whole(1)),
    };

    /// <summary>What changes nothing, and is read only to be refused.</summary>
    public static Func<TrainingParameters, ParameterValue, TrainingParameters> Only(Func<ParameterValue, object> check) => (own, value) =>
    {
        check(value);
        return own;
    };

    /// <summary>Of parameters that were not read by name.</summary>
    public static void CheckDepth(int depth)
    {
        if (depth is < 0 or > MaxDepth) throw new TrainingException(
            TrainingFault.Parameter, FormattableString.Invariant($"depth is {depth}; allowed is 0 to {MaxDepth}."));
    }
}
