namespace BatchScoring.Training.Continuing;

/// <summary>What can be wrong with a snapshot.</summary>
internal static class SnapshotErrors
{
    private const string Remedy = "Give the training another file, or delete this one to start anew.";

    public static TrainingException Setting(string file, string name, string found, string own) => new(
        TrainingFault.Start,
        $"The snapshot {file} was made with {name} = {found}, this training has {own}: it would not become the same model."
        + (name == "learning_rate" ? $" Where it is not given it follows from iterations and eval sets: give it as {found} to go on. " : " ")
        + Remedy);

    public static TrainingException Rows(string file) => new(
        TrainingFault.Start,
        $"The snapshot {file} was made of other rows: columns, labels or weights have changed since, or their order. {Remedy}");

    public static TrainingException Unwritable(string file, Exception inner) => new(
        TrainingFault.Files,
        $"The snapshot {file} cannot be written: {inner.Message.TrimEnd('.')}. It must be a file in a folder that can be written to and has room."
        + (File.Exists(file) ? " What was written before is still whole: the same training goes on from it." : ""), inner);

    public static TrainingException Damaged(string file, string found) => new(
        TrainingFault.Start, $"{file} is no whole snapshot of a training: {found}. {Remedy}");
}
