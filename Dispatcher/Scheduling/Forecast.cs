using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// When a run will be done: its steps one after the other as they wait for each other, each by what it took in the last good runs of the
/// usual way, and one that goes on and tells its progress by that.
/// </summary>
/// <param name="End">The expected end, no earlier than now.</param>
/// <param name="Spread">Half of the span in which eight of ten would lie.</param>
/// <param name="Earliest">The end if all that is left took no longer than the quickest ever did.</param>
internal sealed record Forecast(DateTimeOffset End, TimeSpan Spread, DateTimeOffset Earliest)
{
    /// <summary>From fewer runs nothing is foretold.</summary>
    private const int FewestRuns = 3;

    private const int Looked = 30;

    /// <summary>Less progress than this foretells nothing.</summary>
    private const double LeastShare = 0.05;

    private const string GoodRuns =
        """
        SELECT id, delivered - started AS took FROM runs WHERE pipeline = $pipeline AND state IN ('ok', 'late') AND delivered IS NOT NULL
            AND short IS NULL ORDER BY ended DESC LIMIT $looked
        """;

    /// <summary>The forecast of a run that has not ended, or null where too few runs are known.</summary>
    public static Forecast? Of(LedgerSql sql, Pipeline pipeline, RunRow run, DateTimeOffset now)
    {
        if (Durations(sql, run.Pipeline).Count < FewestRuns) return null;
        Dictionary<string, List<TimeSpan>> took = StepDurations(sql, run.Pipeline);
        Dictionary<string, (DateTimeOffset Began, double Share)> progress = Progress(sql, run.Id);
        List<StepRow> rows = Runs.Steps(sql, run.Id);
        DateTimeOffset from = run.NotBefore > now ? run.NotBefore.Value : now;
        DateTimeOffset end = End(Middle), low = End(sorted => sorted[sorted.Count / 10]), high = End(sorted => sorted[^(1 + (sorted.Count / 10))]);
        return new Forecast(end, (high - low) / 2, End(sorted => sorted[0]));

        DateTimeOffset End(Func<List<TimeSpan>, TimeSpan> pick)
        {
            Dictionary<string, DateTimeOffset> ends = new(StringComparer.Ordinal);
            foreach (Step step in pipeline.Steps.Where(step => step.Delivers))
            {
                StepRow row = rows.Single(row => row.Name == step.Name);
                DateTimeOffset begins = step.After.Select(name => ends.GetValueOrDefault(name, from)).Append(row.NotBefore ?? from).Max();
                DateTimeOffset ended = row.State == StepState.Running && progress.TryGetValue(step.Name, out (DateTimeOffset Began, double Share) seen)
                    ? seen.Began + Takes(took.GetValueOrDefault(step.Name), now - seen.Began, seen.Share, pick)
                    : row.Ended ?? (begins > from ? begins : from) + Takes(took.GetValueOrDefault(step.Name), default, 0, pick);
                ends[step.Name] = row.IsOver || ended > now ? ended : now;
            }

            return ends.Values.Append(from).Max();
        }
    }

    /// <summary>What the last good runs of a pipeline took, in order of length.</summary>
    public static List<TimeSpan> Durations(LedgerSql sql, string pipeline) => sql.Query(
        $"SELECT took FROM ({GoodRuns}) ORDER BY took", row => TimeSpan.FromMilliseconds(row.GetInt64(0)),
        ("$pipeline", pipeline), ("$looked", Looked));

    public static TimeSpan Middle(List<TimeSpan> sorted) => sorted[sorted.Count / 2];

    private static Dictionary<string, List<TimeSpan>> StepDurations(LedgerSql sql, string pipeline) => sql.Query(
        $"""
        SELECT steps.name, steps.ended - steps.started AS took FROM ({GoodRuns}) JOIN steps ON steps.run = id
        WHERE steps.state IN ('succeeded', 'late') AND steps.started IS NOT NULL ORDER BY 2
        """,
        row => (Name: row.GetString(0), Took: TimeSpan.FromMilliseconds(row.GetInt64(1))), ("$pipeline", pipeline), ("$looked", Looked))
        .GroupBy(pair => pair.Name, pair => pair.Took, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    private static Dictionary<string, (DateTimeOffset Began, double Share)> Progress(LedgerSql sql, string run) => sql.Query(
        "SELECT step, started, coalesce(share, 0) FROM attempts WHERE run = $run AND ended IS NULL",
        row => (Step: row.GetString(0), Seen: (row.Instant(1)!.Value, row.GetDouble(2))), ("$run", run))
        .ToDictionary(pair => pair.Step, pair => pair.Seen, StringComparer.Ordinal);

    /// <summary>What a step takes in all. Progress shifts all of what is known of it alike; a step that never ran counts as nothing.</summary>
    private static TimeSpan Takes(List<TimeSpan>? sorted, TimeSpan elapsed, double share, Func<List<TimeSpan>, TimeSpan> pick)
    {
        TimeSpan usual = sorted is null ? TimeSpan.Zero : pick(sorted);
        if (share < LeastShare) return usual;
        TimeSpan left = elapsed * ((1 - share) / share);
        return elapsed + (sorted is not null && Middle(sorted) > TimeSpan.Zero ? left * (usual / Middle(sorted)) : left);
    }
}
