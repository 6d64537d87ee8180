namespace BatchScoring.Training;

/// <summary>
/// A training was asked for that cannot be had: the base of every error of this library that a user may meet. The message says what failed,
/// what was found, what is allowed, and what to do. Wrong use of the library stays <see cref="ArgumentException"/>.
/// </summary>
/// <param name="fault">What kind of error it is.</param>
/// <param name="message">The text for people.</param>
/// <param name="inner">The cause, if another error was one.</param>
public sealed class TrainingException(TrainingFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of error it is.</summary>
    public TrainingFault Fault { get; } = fault;

    /// <summary>A word that nobody knows; null where that is not the fault.</summary>
    public string? Word { get; init; }

    /// <summary>The words that <see cref="Word"/> may have been meant for.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];
}

/// <summary>What can be wrong with a training.</summary>
public enum TrainingFault
{
    /// <summary>A parameter's name or value, or two that do not go together.</summary>
    Parameter,

    /// <summary>CatBoost has it, this trainer has not.</summary>
    Unsupported,

    /// <summary>The labels do not fit the loss, or teach nothing.</summary>
    Labels,

    /// <summary>Weights that are none.</summary>
    Weights,

    /// <summary>Rows or columns that nothing can be learned from.</summary>
    Rows,

    /// <summary>A model, baseline or snapshot to start from that does not fit.</summary>
    Start,

    /// <summary>Log files or a snapshot that cannot be written.</summary>
    Files,
}
