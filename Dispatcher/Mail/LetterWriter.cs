using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>Makes the words of the outbox's letters from the ledger, at the moment at which they are sent first.</summary>
/// <param name="settings">The sender, the alarms' readers, the page.</param>
/// <param name="time">The clock.</param>
internal sealed class LetterWriter(MailSettings settings, TimeProvider time)
{
    /// <summary>Shorter absences are restarts.</summary>
    public static readonly TimeSpan WorthTelling = TimeSpan.FromHours(1);

    private const int PastRuns = 29;

    /// <summary>Bare.</summary>
    public string Sender => Addresses.Bare(settings.From);

    /// <summary>The subject and the bytes of a letter.</summary>
    /// <exception cref="BatchScoringException"><c>MAIL_…</c>: it can never be sent.</exception>
    public (string Subject, byte[] Body) Write(LedgerSql sql, OutboxRow row)
    {
        (string subject, Draft draft, RunRow? run) = Compose(sql, row);
        return (subject, Body(row.Channel, row.MessageId, row.What, row.Recipients, subject, draft, run));
    }

    /// <summary>A letter that says only that letters arrive.</summary>
    public SealedLetter Trial(OutboxChannel channel, IReadOnlyList<string> to, string dispatcher)
    {
        DateTimeOffset now = time.GetUtcNow();
        string id = Cover.IdOf(FormattableString.Invariant($"trial.{now.ToUnixTimeMilliseconds()}"), settings.From, to);
        (string subject, Draft draft) = Notices.Trial(dispatcher, now, settings.Page);
        byte[] body = Body(channel, id, OutboxMatter.Words, to, subject, draft, null);
        return new SealedLetter(id, Sender, [.. to.Select(Addresses.Bare)], body);
    }

    /// <summary>Who is told that nobody led for a while.</summary>
    public IEnumerable<OutboxNote> Absence(DateTimeOffset from, DateTimeOffset to)
    {
        string content = JsonSerializer.Serialize(new AbsenceContent(from, to));
        string topic = FormattableString.Invariant($"absence.{from.ToUnixTimeSeconds()}");
        return ForAlarms(OutboxMatter.Absence, topic, content);
    }

    /// <summary>Who is told that nobody leads.</summary>
    public IEnumerable<OutboxNote> Silence(DateTimeOffset since)
    {
        string content = JsonSerializer.Serialize(new AbsenceContent(since, null));
        string topic = FormattableString.Invariant($"silence.{since.ToUnixTimeSeconds()}");
        return ForAlarms(OutboxMatter.Absence, topic, content);
    }

    /// <summary>The letter of the day for letters that waited for it: same way, same people.</summary>
    public OutboxNote Digest(IReadOnlyList<OutboxRow> rows, DateTimeOffset now)
    {
        string content = JsonSerializer.Serialize(rows.Select(row => row.Run!).Distinct(StringComparer.Ordinal).ToArray());
        string topic = FormattableString.Invariant($"digest.{now.UtcDateTime:yyyy-MM-dd}.{rows[0].Id}");
        string id = Cover.IdOf(topic, settings.From, rows[0].Recipients);
        return new OutboxNote(rows[0].Channel, id, OutboxMatter.Digest, null, content, rows[0].Recipients);
    }

    private IEnumerable<OutboxNote> ForAlarms(OutboxMatter what, string topic, string content)
    {
        if (settings.Alarms is { Count: > 0 } people)
        {
            foreach (OutboxChannel channel in settings.Channels)
            {
                string id = Cover.IdOf(topic, settings.From, people);
                yield return new OutboxNote(channel, id, what, null, content, people);
            }
        }

        if (settings.Webhook is not null)
        {
            string id = Cover.IdOf(topic, settings.From, []);
            yield return new OutboxNote(OutboxChannel.Webhook, id, what, null, content, []);
        }
    }

    private byte[] Body(
        OutboxChannel channel, string id, OutboxMatter what, IReadOnlyList<string> to, string subject, Draft draft, RunRow? run)
    {
        if (channel == OutboxChannel.Webhook) return WebhookBody.Create(draft, subject, what, id, run, PageOf(run));
        Cover cover = new(settings.From, to, id, run?.Id ?? what.Word(), run?.Pipeline ?? "dispatcher");
        return SealedLetter.Make(draft.ToLetter(subject), cover, time.GetUtcNow()).Body;
    }

    private (string Subject, Draft Draft, RunRow? Run) Compose(LedgerSql sql, OutboxRow row)
    {
        RunRow? run = row.Run is null ? null : Runs.Require(sql, row.Run);
        switch (row.What)
        {
            case OutboxMatter.Run:
                RunLetter letter = new(run!, Runs.Steps(sql, run!.Id), Past(sql, run), Zone(Content<RunContent>(row).Zone), PageOf(run));
                return (letter.Subject, letter.Create(), run);
            case OutboxMatter.Alarm:
                AlarmContent alarm = Content<AlarmContent>(row);
                return Notices.Alarm(run!, Runs.Steps(sql, run!.Id), alarm, Zone(alarm.Zone), PageOf(run));
            case OutboxMatter.Absence:
                return Notices.Absence(Content<AbsenceContent>(row), Runs.Open(sql), settings.Page);
            case OutboxMatter.Digest:
                string[] runs = Content<string[]>(row);
                return Notices.Digest(
                    [.. runs.Select(id => (Runs.Require(sql, id), RunFigures.Of(Runs.Steps(sql, id))))],
                    settings.Digest?.Zone ?? TimeZoneInfo.Utc, settings.Page);
            default:
                return Notices.Words(run!, Content<WordsContent>(row), PageOf(run));
        }
    }

    /// <summary>What ended before it, oldest first.</summary>
    private static List<PastRun> Past(LedgerSql sql, RunRow run)
    {
        List<RunRow> runs = sql.Query(
            $"""
            SELECT {RunRow.Columns} FROM runs WHERE pipeline = $pipeline AND id <> $id AND started IS NOT NULL AND ended < $ended
                AND state IN ('ok', 'late', 'held', 'failed') ORDER BY ended DESC LIMIT $most
            """,
            RunRow.Read, ("$pipeline", run.Pipeline), ("$id", run.Id), ("$ended", run.Ended), ("$most", PastRuns));
        // Only the last good run's rows are compared with.
        string? last = runs.Find(earlier => earlier.State is RunState.Ok or RunState.Late)?.Id;
        runs.Reverse();
        return [.. runs.Select(earlier => new PastRun(earlier.Slot, earlier.State, earlier.Ended!.Value - earlier.Started!.Value,
            earlier.Id == last ? RunFigures.Of(Runs.Steps(sql, earlier.Id)).RowsOut : null))];
    }

    private Uri? PageOf(RunRow? run) => settings.Page is null || run is null ? settings.Page : new Uri(settings.Page, $"runs/{run.Id}");

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static T Content<T>(OutboxRow row) => JsonSerializer.Deserialize<T>(row.Content!)!;
}

/// <summary>What the words of a run's end are made of, besides the run: the zone of its promises.</summary>
internal sealed record RunContent(string Zone);

/// <summary>What an alarm's words are made of.</summary>
internal sealed record AlarmContent(string Zone, string Kind, string Text, DateTimeOffset At);

/// <summary>From when to when nobody led; to null: still.</summary>
internal sealed record AbsenceContent(DateTimeOffset From, DateTimeOffset? To);

/// <summary>What a mail step asks for.</summary>
internal sealed record WordsContent(string? Subject, string? Text);
