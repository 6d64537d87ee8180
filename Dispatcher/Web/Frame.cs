namespace BatchScoring.Dispatcher.Web;

/// <summary>What surrounds every page.</summary>
/// <param name="Dispatcher">The dispatcher's name.</param>
/// <param name="Path">Where we are.</param>
/// <param name="Visitor">Who looks and may act, or null.</param>
/// <param name="MaySignIn">False where nobody can sign in.</param>
/// <param name="Troubles">What the banner shows.</param>
/// <param name="Now">The time of the answer.</param>
internal sealed record Frame(
    string Dispatcher, string Path, Visitor? Visitor, bool MaySignIn, IReadOnlyList<string> Troubles, DateTimeOffset Now);
