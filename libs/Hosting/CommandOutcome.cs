using System.Text.Json.Nodes;

namespace BatchScoring.Hosting;

/// <summary>
/// All that a command says at its end. A driver on a cluster leaves it in the store, where <c>submit</c> finds it: no exit status and no
/// standard output survives every way that a cluster has.
/// </summary>
/// <param name="ExitCode">The exit status.</param>
/// <param name="Lines">Standard output, for people.</param>
/// <param name="Notes">Standard error.</param>
/// <param name="Json">Standard output, for programs; null when the command itself wrote there.</param>
public sealed record CommandOutcome(int ExitCode, IReadOnlyList<string> Lines, IReadOnlyList<string> Notes, JsonObject? Json)
{
    /// <summary>What a command says that failed.</summary>
    /// <param name="error">Why.</param>
    public static CommandOutcome Of(ErrorText error) => new((int)error.ExitCode, [], [error.ToText()], error.ToJson());

    /// <summary>Writes it: notes to <paramref name="errors"/>, and to <paramref name="output"/> what people or programs read.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="errors">Standard error.</param>
    /// <param name="json">True for programs.</param>
    public async Task WriteAsync(TextWriter output, TextWriter errors, bool json)
    {
        foreach (string note in Notes) await errors.WriteLineAsync(note);
        if (json && Json is not null) await output.WriteLineAsync(Json.ToJsonString());
        if (!json) foreach (string text in Lines) await output.WriteLineAsync(text);
    }
}
