using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>The outbox.</summary>
/// <param name="Dead">Letters that were given up.</param>
/// <param name="Waiting">Letters that were tried in vain and are tried again.</param>
/// <param name="Letters">The newest, without their bytes.</param>
internal sealed record MailView(DateTimeOffset Now, int Dead, int Waiting, IReadOnlyList<OutboxRow> Letters);
