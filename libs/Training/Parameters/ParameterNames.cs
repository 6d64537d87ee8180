namespace BatchScoring.Training;

/// <summary>The names that CatBoost knows.</summary>
internal static class ParameterNames
{
    /// <summary>Names of one parameter, the first is its own.</summary>
    public static readonly string[][] Aliases =
    [
        ["learning_rate", "eta"], ["border_count", "max_bin"], ["depth", "max_depth"], ["rsm", "colsample_bylevel"],
        ["random_seed", "random_state"], ["l2_leaf_reg", "reg_lambda"], ["iterations", "n_estimators", "num_boost_round", "num_trees"],
        ["od_wait", "early_stopping_rounds"], ["custom_metric", "custom_loss"], ["max_leaves", "num_leaves"],
        ["min_data_in_leaf", "min_child_samples"], ["loss_function", "objective"],
    ];

    /// <summary>They change no bit of the model, and nothing else here.</summary>
    public static readonly string[] WithoutEffect =
    [
        "verbose", "silent", "verbose_eval", "logging_level", "allow_writing_files", "used_ram_limit",
    ];

    /// <summary>CatBoost has them; what they ask for is not done here.</summary>
    public static readonly string[] Elsewhere =
    [
        "monotone_constraints", "feature_weights", "penalties_coefficient", "first_feature_use_penalties", "per_object_feature_penalties",
        "text_features", "embedding_features", "tokenizers", "dictionaries", "feature_calcers", "text_processing", "devices", "gpu_ram_part",
        "pinned_memory_size", "gpu_cat_features_storage", "data_partition", "input_borders", "output_borders", "diffusion_temperature",
        "fold_len_multiplier", "approx_on_full_history", "per_feature_ctr", "final_ctr_computation_mode", "ctr_description",
        "ctr_history_unit", "metadata", "roc_file", "eval_fraction", "fixed_binary_splits", "callback", "callbacks",
        "force_unit_auto_pair_weights", "dev_score_calc_obj_block_size", "dev_efb_max_buckets", "sparse_features_conflict_fraction",
        "dev_leafwise_scoring", "bayesian_matrix_reg", "group_features",
    ];

    /// <summary>They are options of the command, or arguments of the call, and not part of a model's parameters.</summary>
    public static readonly string[] Options =
    [
        "cat_features", "train_dir", "save_snapshot", "snapshot_file", "snapshot_interval", "init_model", "baseline", "ignore",
    ];
}
