using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What goes on and what waits, each with its reason.</summary>
internal sealed record QueueView(
    DateTimeOffset Now, bool Draining, IReadOnlyList<RunColumn> Running, IReadOnlyList<RunRow> Waiting,
    IReadOnlyList<Scheduling.Maintenance> Maintenance);
