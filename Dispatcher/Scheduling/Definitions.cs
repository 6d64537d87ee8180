using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// Pipelines as they are now, and as they were when a run began: a run ends by the definition that it began with. Old texts lie in the
/// ledger.
/// </summary>
internal sealed class Definitions(Func<string, string, Pipeline> parse)
{
    private readonly Dictionary<string, Pipeline> _byFingerprint = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    /// <summary>The timetable as it is now, by name.</summary>
    public IReadOnlyDictionary<string, Pipeline> Current { get; private set; } = new Dictionary<string, Pipeline>(StringComparer.Ordinal);

    /// <summary>Takes a new timetable.</summary>
    public void Use(IReadOnlyList<Pipeline> pipelines)
    {
        Current = pipelines.ToDictionary(pipeline => pipeline.Name, StringComparer.Ordinal);
        foreach (Pipeline pipeline in pipelines) _byFingerprint[pipeline.Fingerprint] = pipeline;
    }

    /// <summary>Writes the definition's text beside the run that begins with it.</summary>
    public void Keep(LedgerSql sql, Pipeline pipeline, DateTimeOffset now)
    {
        if (!_written.Add(pipeline.Fingerprint)) return;
        sql.Execute("INSERT INTO definitions VALUES ($fingerprint, $pipeline, $text, $now) ON CONFLICT DO NOTHING",
            ("$fingerprint", pipeline.Fingerprint), ("$pipeline", pipeline.Name), ("$text", pipeline.Text), ("$now", now));
    }

    /// <summary>What a run goes by.</summary>
    public Pipeline Of(LedgerSql sql, RunRow run)
    {
        if (_byFingerprint.TryGetValue(run.Fingerprint, out Pipeline? known)) return known;
        string text = (string)sql.Scalar("SELECT text FROM definitions WHERE fingerprint = $fingerprint", ("$fingerprint", run.Fingerprint))!;
        return _byFingerprint[run.Fingerprint] = parse(run.Pipeline, text);
    }
}
