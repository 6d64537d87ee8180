using BatchScoring.Models;

namespace BatchScoring.Training;

/// <summary>What surrounds a training and changes no tree of it: eval sets, progress, when to stop, where to write.</summary>
public sealed record TrainingRun
{
    /// <summary>Rows to measure on, with the columns of the learn table in the same order; the last set decides the best iteration.</summary>
    public IReadOnlyList<LearnTable> EvalSets { get; init; } = [];

    /// <summary>Told of every iteration, on the thread that trains.</summary>
    public Action<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Told, on the thread that trains, of a snapshot or log file that cannot be written any more after trees have grown: the training goes
    /// on to its model. Null: it ends with the exception.
    /// </summary>
    public Action<TrainingException>? Trouble { get; init; }

    /// <summary>Training ends with the tree that grows then, counted from when it was started last; null: none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>
    /// Where CatBoost's log files are written (<c>learn_error.tsv</c>, <c>test_error.tsv</c>, <c>time_left.tsv</c>,
    /// <c>catboost_training.json</c>); null: nowhere.
    /// </summary>
    public string? TrainDirectory { get; init; }

    /// <summary>
    /// A model to go on from: its trees stand before the new ones. As CatBoost does with a model from a file, this is a new training that
    /// starts at the model's raw values, and not what a longer training would have made. Null: none.
    /// </summary>
    public CatBoostModel? InitModel { get; init; }

    /// <summary>
    /// Where the state of the training is kept. If the file is there, the training goes on from it, to the same model as if it had never
    /// been ended; also to more iterations than it was to have. Null: nowhere.
    /// </summary>
    public string? SnapshotFile { get; init; }

    /// <summary>How often the state is written; in the end it always is.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Threads that work at most, and no more than there are processors; they change no bit. Null: as many.</summary>
    public int? Threads { get; init; }

    /// <summary>What times are taken from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
