namespace BatchScoring.Dispatcher.Web;

/// <summary>What surrounds every page.</summary>
/// <param name="Dispatcher">The dispatcher's name.</param>
/// <param name="Path">Where we are.</param>
/// <param name="Visitor">Who signed in, or null.</param>
/// <param name="Form">The secret of this visitor's forms; empty where nobody signed in.</param>
/// <param name="MayAct">False where the page only shows, whoever looks.</param>
/// <param name="Troubles">What the banner shows.</param>
/// <param name="Now">The time of the answer.</param>
internal sealed record Frame(
    string Dispatcher, string Path, string? Visitor, string Form, bool MayAct, IReadOnlyList<string> Troubles, DateTimeOffset Now);
