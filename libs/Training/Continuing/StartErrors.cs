namespace BatchScoring.Training.Continuing;

/// <summary>What can be wrong with what a training starts from.</summary>
internal static class StartErrors
{
    public static TrainingException Model(string found, string allowed) => new(
        TrainingFault.Start, $"The model to start from {found}; allowed are {allowed}. Train without init_model, or give it another one.");

    public static TrainingException Parameter(string name, string with) => new(
        TrainingFault.Parameter, $"{name} does not go with {with}. Leave one of them out.");

    public static TrainingException Degenerate() => new(
        TrainingFault.Rows,
        "The first tree has a leaf that is no finite number, so there is no model. Labels, l2_leaf_reg and learning_rate decide leaves: "
        + "give larger l2_leaf_reg, a smaller learning_rate, or labels without extreme values.");

    public static TrainingException Eval() => new(
        TrainingFault.Start,
        "Either the rows to learn from and those of every eval set have a baseline, or none of them; here some have and some have not.");

    public static TrainingException Baseline(int found, string allowed) => new(
        TrainingFault.Start,
        $"The baseline has {found} values per row; allowed is {allowed}. Name one column for each output of the loss.");
}
