using System.Globalization;
using System.Text.Json;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// Writes into the outbox who hears of what, within the transaction that writes what is told. The words are made when the letter is sent:
/// the transaction stays short, and what goes wrong with words cannot undo a run's end.
/// </summary>
/// <param name="settings">The ways and the sender.</param>
/// <param name="definition">What a run goes by: it says who hears of it, and the zone of its promises.</param>
/// <param name="wake">Called for every letter: it is about to be committed.</param>
/// <param name="time">The clock.</param>
internal sealed class MailNews(
    MailSettings settings, Func<LedgerSql, RunRow, Pipeline> definition, Action wake, TimeProvider time) : IRunNews
{
    public void Ended(LedgerSql sql, RunRow run, IReadOnlyList<StepRow> steps)
    {
        if (Occasion(run.State) is not { } occasion) return;
        // A run that is retried ends again, and is told again; the number of its attempts tells both apart.
        string topic = string.Create(CultureInfo.InvariantCulture, $"{run.Id}.{steps.Sum(step => step.Attempt)}");
        Pipeline pipeline = definition(sql, run);
        string content = JsonSerializer.Serialize(new RunContent(ZoneOf(pipeline)));
        foreach (MailGroup group in pipeline.Mail.Where(group => group.On.Contains(occasion)))
        {
            bool gather = group.Digest && occasion == MailOccasion.Ok;
            foreach (OutboxChannel channel in settings.Channels)
                Add(sql, channel, topic, OutboxMatter.Run, run, content, group.To, gather ? settings.Digest : null);
        }

        if (settings.Webhook is { } hook && hook.On.Contains(occasion))
            Add(sql, OutboxChannel.Webhook, topic, OutboxMatter.Run, run, content, []);
    }

    public void Alarm(LedgerSql sql, RunRow run, string kind, string text)
    {
        Pipeline pipeline = definition(sql, run);
        string topic = $"{run.Id}.{kind}";
        string content = JsonSerializer.Serialize(new AlarmContent(ZoneOf(pipeline), kind, text, time.GetUtcNow()));
        foreach (MailGroup group in pipeline.Mail.Where(group => group.On.Contains(MailOccasion.Late)))
        {
            foreach (OutboxChannel channel in settings.Channels)
                Add(sql, channel, topic, OutboxMatter.Alarm, run, content, group.To);
        }

        if (settings.Webhook is not null) Add(sql, OutboxChannel.Webhook, topic, OutboxMatter.Alarm, run, content, []);
    }

    /// <summary>Whoever ended a run by hand knows it.</summary>
    private static MailOccasion? Occasion(RunState state) => state switch
    {
        RunState.Ok => MailOccasion.Ok,
        RunState.Late => MailOccasion.Late,
        RunState.Held => MailOccasion.Held,
        RunState.Failed => MailOccasion.Failed,
        _ => null,
    };

    private static string ZoneOf(Pipeline pipeline) => Moment.ZoneOf(pipeline).Id;

    private void Add(
        LedgerSql sql, OutboxChannel channel, string topic, OutboxMatter what, RunRow run, string content, IReadOnlyList<string> to,
        DigestSettings? gather = null)
    {
        DateTimeOffset now = time.GetUtcNow();
        OutboxNote note = new(channel, Cover.IdOf(topic, settings.From, to), what, run.Id, content, to);
        Outbox.Add(sql, note, gather is null ? OutboxState.Pending : OutboxState.Gathered, gather?.After(now) ?? now, now);
        wake();
    }
}
