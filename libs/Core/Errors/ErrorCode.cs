namespace BatchScoring.Core;

/// <summary>
/// One kind of error that a user may meet. Every code is defined once, in a catalogue of the library that raises it (a class whose name
/// ends in <c>Errors</c>); docs/operate/errors.md is made from all of them.
/// </summary>
/// <param name="Name">The stable name, upper case with underscores, as <c>--format json</c> and run records carry it.</param>
/// <param name="ExitCode">What a process answers when nobody handles the error.</param>
/// <param name="Cause">What has happened, and what to do: one line of Markdown that ends in a full stop.</param>
/// <param name="RetryHelps">True when the same request may succeed later without any change.</param>
/// <remarks>Two codes are equal when their names are: a code that came back from another process is one of ours.</remarks>
public sealed record ErrorCode(string Name, ExitCode ExitCode, string Cause, bool RetryHelps = false)
{
    /// <inheritdoc/>
    public bool Equals(ErrorCode? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
