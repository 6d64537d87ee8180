using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace BatchScoring.Dispatcher.Ledger;

/// <summary>
/// Letters that have to go out. Each is written with what it tells, in one transaction, and told what became of it; one that was written
/// once is never written again, whoever repeats it.
/// </summary>
internal static class Outbox
{
    /// <summary>Writes a letter; false where this one is there already.</summary>
    public static bool Add(LedgerSql sql, OutboxNote note, OutboxState state, DateTimeOffset next, DateTimeOffset now)
    {
        string recipients = JsonSerializer.Serialize(note.Recipients);
        return sql.Execute(
            """
            INSERT INTO outbox (channel, message_id, what, run, content, recipients, remaining, created, since, state, attempts, uncertain,
                next)
            VALUES ($channel, $message, $what, $run, $content, $recipients, $recipients, $now, $now, $state, 0, 0, $next)
            ON CONFLICT DO NOTHING
            """,
            ("$channel", note.Channel), ("$message", note.MessageId), ("$what", note.What), ("$run", note.Run), ("$content", note.Content),
            ("$recipients", recipients), ("$now", now), ("$state", state), ("$next", next)) == 1;
    }

    /// <summary>The letter of a channel that has waited longest, or null.</summary>
    public static OutboxRow? Due(LedgerSql sql, OutboxChannel channel, DateTimeOffset now) => sql.Query(
        $"""
        SELECT {OutboxRow.Columns} FROM outbox
        WHERE ended IS NULL AND state = 'pending' AND channel = $channel AND next <= $now ORDER BY next, id LIMIT 1
        """,
        OutboxRow.Read, ("$channel", channel), ("$now", now)).SingleOrDefault();

    /// <summary>When something of a channel is due next, or null.</summary>
    public static DateTimeOffset? Next(LedgerSql sql, OutboxChannel channel) => sql.Query(
        "SELECT min(next) FROM outbox WHERE ended IS NULL AND state <> 'sending' AND channel = $channel", row => row.Instant(0), ("$channel", channel))[0];

    /// <summary>Its bytes, from now on the same whenever it is sent.</summary>
    public static void Seal(LedgerSql sql, long id, string subject, byte[] body) => sql.Execute(
        "UPDATE outbox SET subject = $subject, body = $body WHERE id = $id", ("$id", id), ("$subject", subject), ("$body", body));

    public static byte[]? Body(LedgerSql sql, long id) => (byte[]?)sql.Scalar("SELECT body FROM outbox WHERE id = $id", ("$id", id));

    /// <summary>It is about to leave: whoever finds it so after a crash knows that it may have arrived.</summary>
    public static void Sending(LedgerSql sql, long id) =>
        sql.Execute("UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = $id", ("$id", id));

    /// <summary>All who can have it have it. The bytes go: they are many, and nobody asks for them.</summary>
    public static void Sent(LedgerSql sql, long id, string answer, DateTimeOffset now) => sql.Execute(
        "UPDATE outbox SET state = 'sent', body = NULL, code = NULL, answer = $answer, ended = $now WHERE id = $id",
        ("$id", id), ("$answer", answer), ("$now", now));

    /// <summary>It is tried again.</summary>
    public static void Later(
        LedgerSql sql, long id, IReadOnlyList<string> remaining, string code, string answer, bool uncertain, DateTimeOffset next) =>
        sql.Execute(
            """
            UPDATE outbox SET state = 'pending', remaining = $remaining, code = $code, answer = $answer, next = $next,
                uncertain = uncertain + $uncertain WHERE id = $id
            """,
            ("$id", id), ("$remaining", JsonSerializer.Serialize(remaining)), ("$code", code), ("$answer", answer),
            ("$uncertain", uncertain ? 1 : 0), ("$next", next));

    /// <summary>It is not tried again, and shown until somebody has looked.</summary>
    public static void Dead(LedgerSql sql, long id, string code, string answer, DateTimeOffset now) => sql.Execute(
        "UPDATE outbox SET state = 'dead', code = $code, answer = $answer, ended = $now WHERE id = $id",
        ("$id", id), ("$code", code), ("$answer", answer), ("$now", now));

    /// <summary>All letters of a channel that have waited for too long.</summary>
    public static void EndOld(
        LedgerSql sql, OutboxChannel channel, DateTimeOffset olderThan, string code, string answer, DateTimeOffset now) => sql.Execute(
        """
        UPDATE outbox SET state = 'dead', code = $code, answer = $answer, ended = $now
        WHERE ended IS NULL AND state = 'pending' AND channel = $channel AND since <= $older
        """,
        ("$channel", channel), ("$older", olderThan), ("$code", code), ("$answer", answer), ("$now", now));

    /// <summary>Letters that an earlier process was sending when it ended: sent again, they may arrive twice.</summary>
    public static int TakeUp(LedgerSql sql, string code, string answer) => sql.Execute(
        "UPDATE outbox SET state = 'pending', uncertain = uncertain + 1, code = $code, answer = $answer WHERE state = 'sending'",
        ("$code", code), ("$answer", answer));

    /// <summary>Tries dead letters again: one, or all (null); and those that wait, at once.</summary>
    public static int Revive(LedgerSql sql, long? id, DateTimeOffset now) => sql.Execute(
        """
        UPDATE outbox SET state = 'pending', ended = NULL, next = $now, since = $now, code = 'ASKED'
        WHERE state IN ('dead', 'pending') AND ($id IS NULL OR id = $id)
        """,
        ("$id", id), ("$now", now));

    /// <summary>True when somebody wants letters of a channel tried now, whatever the last try said.</summary>
    public static bool IsAsked(LedgerSql sql, OutboxChannel channel) => sql.Scalar(
        "SELECT 1 FROM outbox WHERE ended IS NULL AND state = 'pending' AND code = 'ASKED' AND channel = $channel LIMIT 1",
        ("$channel", channel)) is not null;

    /// <summary>What waits for the letter of the day, by channel and recipients, once its time has come.</summary>
    public static IEnumerable<IGrouping<(OutboxChannel Channel, string Recipients), OutboxRow>> Gathered(
        LedgerSql sql, DateTimeOffset now) => sql.Query(
            $"SELECT {OutboxRow.Columns} FROM outbox WHERE ended IS NULL AND state = 'gathered' AND next <= $now ORDER BY id",
            OutboxRow.Read, ("$now", now)).GroupBy(row => (row.Channel, JsonSerializer.Serialize(row.Recipients)));

    /// <summary>What it says is said by the letter of the day.</summary>
    public static void Told(LedgerSql sql, long id, string by, DateTimeOffset now) => sql.Execute(
        "UPDATE outbox SET state = 'told', answer = $by, ended = $now WHERE id = $id", ("$id", id), ("$by", by), ("$now", now));

    /// <summary>Letters in a state, newest first: for pages and commands.</summary>
    public static List<OutboxRow> List(LedgerSql sql, OutboxState? state, int limit) => sql.Query(
        $"SELECT {OutboxRow.Columns} FROM outbox WHERE $state IS NULL OR state = $state ORDER BY id DESC LIMIT $limit",
        OutboxRow.Read, ("$state", state), ("$limit", limit));

    /// <summary>How many letters were given up, and how many have waited for longer than a try takes: what a banner shows.</summary>
    public static (int Dead, int Waiting) Trouble(LedgerSql sql) => sql.Query(
        "SELECT coalesce(sum(state = 'dead'), 0), coalesce(sum(ended IS NULL AND attempts > 0), 0) FROM outbox",
        row => (row.GetInt32(0), row.GetInt32(1)))[0];

    /// <summary>When a leader was last alive, by the calendar; null: never.</summary>
    public static DateTimeOffset? Seen(LedgerSql sql) =>
        sql.Query("SELECT seen FROM heartbeat", row => row.Instant(0)).SingleOrDefault();

    public static void Seen(LedgerSql sql, DateTimeOffset now) => sql.Execute(
        "INSERT INTO heartbeat VALUES (1, $now) ON CONFLICT DO UPDATE SET seen = $now", ("$now", now));
}

/// <summary>A letter as it is asked for; its words are made when it is sent.</summary>
/// <param name="Channel">Which way it goes.</param>
/// <param name="MessageId">The same matter to the same people has the same id.</param>
/// <param name="What">What makes its words.</param>
/// <param name="Run">The run that it tells of, or null.</param>
/// <param name="Content">What its words need besides, as JSON; or null.</param>
/// <param name="Recipients">Bare addresses; none where the channel knows where to.</param>
internal sealed record OutboxNote(
    OutboxChannel Channel, string MessageId, OutboxMatter What, string? Run, string? Content, IReadOnlyList<string> Recipients);

/// <summary>A letter in the outbox, without its bytes.</summary>
/// <param name="Remaining">Who has yet to get it.</param>
/// <param name="Since">From when on its patience counts.</param>
/// <param name="Uncertain">How often it may have arrived without our knowing.</param>
/// <param name="Next">When it is tried next.</param>
/// <param name="Answer">What the server said last, or what went wrong.</param>
internal sealed record OutboxRow(
    long Id, OutboxChannel Channel, string MessageId, OutboxMatter What, string? Run, string? Content, IReadOnlyList<string> Recipients,
    IReadOnlyList<string> Remaining, string? Subject, DateTimeOffset Created, DateTimeOffset Since, OutboxState State, int Attempts,
    int Uncertain, DateTimeOffset Next, string? Code, string? Answer, DateTimeOffset? Ended)
{
    public const string Columns = "id, channel, message_id, what, run, content, recipients, remaining, subject, created, since, state, "
        + "attempts, uncertain, next, code, answer, ended";

    public static OutboxRow Read(SqliteDataReader row) => new(
        row.GetInt64(0), Enum.Parse<OutboxChannel>(row.GetString(1), ignoreCase: true), row.GetString(2),
        Enum.Parse<OutboxMatter>(row.GetString(3), ignoreCase: true), row.Text(4), row.Text(5), Addresses(row, 6), Addresses(row, 7),
        row.Text(8), row.Instant(9)!.Value, row.Instant(10)!.Value, Enum.Parse<OutboxState>(row.GetString(11), ignoreCase: true),
        row.GetInt32(12), row.GetInt32(13), row.Instant(14)!.Value, row.Text(15), row.Text(16), row.Instant(17));

    private static string[] Addresses(SqliteDataReader row, int column) => JsonSerializer.Deserialize<string[]>(row.GetString(column))!;
}

/// <summary>The ways that letters go.</summary>
internal enum OutboxChannel
{
    Smtp,
    Folder,
    Webhook,
}

/// <summary>What a letter is about.</summary>
internal enum OutboxMatter
{
    /// <summary>How a run ended.</summary>
    Run,

    /// <summary>A promise of a run is in danger.</summary>
    Alarm,

    /// <summary>The dispatcher itself: it was down.</summary>
    Absence,

    /// <summary>The runs of a day.</summary>
    Digest,

    /// <summary>A text of a pipeline's own.</summary>
    Words,
}

/// <summary>Where a letter stands.</summary>
internal enum OutboxState
{
    /// <summary>It waits for its next try.</summary>
    Pending,

    /// <summary>It is on its way.</summary>
    Sending,

    /// <summary>It waits for the letter of the day.</summary>
    Gathered,

    // Ends:
    Sent,

    /// <summary>The letter of the day has told it.</summary>
    Told,

    /// <summary>It was given up.</summary>
    Dead,
}
