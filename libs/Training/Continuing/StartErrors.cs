namespace BatchScoring.Training.Continuing;

/// <summary>What can be wrong with what a training starts from.</summary>
internal static class StartErrors
{
    public static TrainingException Model(string found, string allowed) => new(
        TrainingFault.Start, $"The model to start from {found}; allowed are {allowed}. Train without init_model, or give it another one.");

    public static TrainingException Parameter(string name, string with) => new(
        TrainingFault.Parameter, $"{name} does not go with {with}. Leave one of them out.");

    public static TrainingException Baseline(int found, string allowed) => new(
        TrainingFault.Start,
        $"The baseline has {found} values per row; allowed is {allowed}. Name one column for each output of the loss.");
}
