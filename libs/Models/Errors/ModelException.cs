namespace BatchScoring.Models;

/// <summary>
/// A model cannot be read or used: the base of every error of this library that a user may meet. The message says what failed, what was
/// found, what is allowed, where, and what to do. Wrong use of the library stays <see cref="ArgumentException"/>.
/// </summary>
/// <param name="code">One of <see cref="ModelErrorCodes"/>.</param>
/// <param name="message">The text for people.</param>
/// <param name="inner">The cause, if another error was one.</param>
public sealed class ModelException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code, one of <see cref="ModelErrorCodes"/>.</summary>
    public string Code { get; } = code;

    /// <summary>Where in the model file the fault lies, in bytes from its begin; null where the fault has no single place.</summary>
    public long? Offset { get; init; }

    /// <summary>The feature that the fault is about, by its name in the model; null where it is about none.</summary>
    public string? Feature { get; init; }
}
