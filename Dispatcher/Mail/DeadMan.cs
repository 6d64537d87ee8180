using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// Tells people that nobody leads. It is not the dispatcher, since a dead one tells nothing: a timer of the system calls it, here or on
/// another machine that sees the ledger. One silence is told once.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="writer">Makes the words.</param>
/// <param name="ways">What carries letters.</param>
/// <param name="time">The clock.</param>
internal sealed class DeadMan(
    Ledger.Ledger ledger, LetterWriter writer, IReadOnlyDictionary<OutboxChannel, IMailTransport> ways, TimeProvider time)
{
    /// <summary>Looks, and tells where there is something to tell.</summary>
    /// <param name="silence">So long may a leader be silent.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What it found, in a sentence, and whether somebody leads.</returns>
    public async Task<(bool Leads, string Text)> LookAsync(TimeSpan silence, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (Outbox.Seen(ledger.Sql) is not { } seen) return (false, "No dispatcher has led yet. Nobody is told of that.");
        string last = FormattableString.Invariant($"{seen.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        if (now - seen < silence) return (true, $"A dispatcher led at {last}.");
        List<string> told = [];
        foreach (OutboxNote note in writer.Silence(seen))
        {
            // Written first: the next look, or the dispatcher that comes back, must not tell it again.
            if (!ledger.Write(sql => Outbox.Add(sql, note, OutboxState.Pending, now, now))) continue;
            OutboxRow row = Outbox.List(ledger.Sql, OutboxState.Pending, limit: int.MaxValue)
                .Single(row => row.Channel == note.Channel && row.MessageId == note.MessageId);
            told.Add($"{note.Channel}: {await SendAsync(row, cancellation)}".ToLowerInvariant());
        }

        return (false, $"Nobody has led since {last}. "
            + (told.Count > 0 ? $"Told by {string.Join("; ", told)}." : "It was told before, or nobody is named by mail.alarms."));
    }

    /// <summary>What fails stays in the outbox, for the dispatcher that comes back.</summary>
    private async Task<string> SendAsync(OutboxRow row, CancellationToken cancellation)
    {
        (string subject, byte[] body) = writer.Write(ledger.Sql, row);
        SendAnswer answer = await ways[row.Channel].SendAsync(
            new SealedLetter(row.MessageId, writer.Sender, [.. row.Recipients.Select(Addresses.Bare)], body), cancellation);
        ledger.Write(sql =>
        {
            Outbox.Seal(sql, row.Id, subject, body);
            if (answer.End == SendEnd.Delivered) Outbox.Sent(sql, row.Id, answer.Text, time.GetUtcNow());
        });
        return answer.End == SendEnd.Delivered ? "sent" : answer.Text;
    }
}
