using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// Empties the outbox while this dispatcher leads: the letter that has waited longest first, one connection for all that are due. A server
/// that is away is asked again after a minute, then after two, up to an hour, with one letter; for a day, then what waits is given up and
/// shown.
/// </summary>
/// <param name="ledger">A connection of its own.</param>
/// <param name="fence">The leader's number while we lead, else null.</param>
/// <param name="writer">Makes the words.</param>
/// <param name="ways">What carries letters.</param>
/// <param name="time">The clock.</param>
internal sealed class OutboxSender(
    Ledger.Ledger ledger, Func<long?> fence, LetterWriter writer, IReadOnlyDictionary<OutboxChannel, IMailTransport> ways,
    TimeProvider time)
{
    /// <summary>From here on a letter is given up when a try fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    private readonly ClosedWays _closed = new(time);
    private long? _led;
    private DateTimeOffset _seen;

    /// <summary>Sends all that is due.</summary>
    /// <returns>How long nothing further will be due.</returns>
    public async Task<TimeSpan> TurnAsync(CancellationToken stop)
    {
        try
        {
            if (fence() is not { } mine) return Beat;
            if (_led != mine) Begin(mine);
            Remember();
            Gather();
            foreach (OutboxChannel channel in ways.Keys) await SendAllAsync(channel, stop);
            return Sleep();
        }
        catch (BatchScoringException e) when (e.Transient || LedgerErrors.MayPass(e))
        {
            // Another one leads and goes on; or the disk is full, and the letters wait where they are.
            _led = null;
            return Beat;
        }
    }

    private void Begin(long mine)
    {
        DateTimeOffset now = time.GetUtcNow();
        Write(sql =>
        {
            Outbox.TakeUp(sql, MailErrors.Uncertain.Name,
                "The dispatcher ended while it sent this letter. It is sent again with the same Message-Id, and may arrive twice.");
            if (Outbox.Seen(sql) is { } last && now - last >= LetterWriter.WorthTelling)
                foreach (OutboxNote note in writer.Absence(last, now)) Outbox.Add(sql, note, OutboxState.Pending, now, now);
            Outbox.Seen(sql, now);
        }, mine);
        _led = mine;
        _seen = now;
    }

    /// <summary>What the next one knows of our end.</summary>
    private void Remember()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - _seen < Beat && now >= _seen) return;
        Write(sql => Outbox.Seen(sql, now));
        _seen = now;
    }

    private void Gather()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (!Outbox.Gathered(ledger.Sql, now).Any()) return;
        Write(sql =>
        {
            foreach (IGrouping<(OutboxChannel, string), OutboxRow> rows in Outbox.Gathered(sql, now))
            {
                OutboxNote digest = writer.Digest([.. rows], now);
                Outbox.Add(sql, digest, OutboxState.Pending, now, now);
                foreach (OutboxRow row in rows) Outbox.Told(sql, row.Id, digest.MessageId, now);
            }
        });
    }

    private async Task SendAllAsync(OutboxChannel channel, CancellationToken stop)
    {
        bool sent = false;
        try
        {
            while (!stop.IsCancellationRequested && IsOpen(channel) && Outbox.Due(ledger.Sql, channel, time.GetUtcNow()) is { } row)
            {
                sent = true;
                await SendAsync(row, stop);
            }
        }
        finally
        {
            if (sent) await ways[channel].RestAsync();
        }
    }

    private async Task SendAsync(OutboxRow row, CancellationToken stop)
    {
        if (Sealed(row) is not { } body) return;
        Write(sql => Outbox.Sending(sql, row.Id));
        SealedLetter letter = new(row.MessageId, writer.Sender, [.. row.Remaining.Select(Addresses.Bare)], body);
        SendAnswer? answer = await CarryAsync(row.Channel, letter, stop);
        Write(sql =>
        {
            if (answer is not null) Note(sql, row, answer);
            else Outbox.Later(sql, row.Id, row.Remaining, row.Code ?? "", row.Answer ?? "", uncertain: false, row.Next);
        });
    }

    /// <summary>Its bytes; null where they cannot be made, which its row then says.</summary>
    private byte[]? Sealed(OutboxRow row)
    {
        if (Outbox.Body(ledger.Sql, row.Id) is { } body) return body;
        (string Subject, byte[] Body) made;
        try
        {
            made = writer.Write(ledger.Sql, row);
        }
        catch (BatchScoringException e) when (e.Is(MailErrors.AddressInvalid, MailErrors.HeaderInvalid, MailErrors.TooLarge))
        {
            Write(sql => Outbox.Dead(sql, row.Id, e.Code, e.Message, time.GetUtcNow()));
            return null;
        }
        catch (Exception e) when (e is not BatchScoringException)
        {
            Write(sql => Note(sql, row, Bug(e)));
            return null;
        }

        Write(sql => Outbox.Seal(sql, row.Id, made.Subject, made.Body));
        return made.Body;
    }

    /// <summary>Null: it was not begun, as we are to stop.</summary>
    private async Task<SendAnswer?> CarryAsync(OutboxChannel channel, SealedLetter letter, CancellationToken stop)
    {
        try
        {
            return await ways[channel].SendAsync(letter, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            return Bug(e);
        }
    }

    /// <summary>A bug that one letter meets is that letter's: the others go out, and the dispatcher goes on.</summary>
    private static SendAnswer Bug(Exception error) =>
        new(SendEnd.Later, $"A bug of the dispatcher, please report it: {error}", MailErrors.Bug);

    private void Note(LedgerSql sql, OutboxRow row, SendAnswer answer)
    {
        DateTimeOffset now = time.GetUtcNow();
        string text = Text(answer), code = answer.Error?.Name ?? MailErrors.Deferred.Name;
        string[] remaining = answer.Problems.Count == 0 ? [.. row.Remaining]
            : [.. answer.Problems.Where(problem => problem.RetryHelps).Select(problem => problem.Address)];
        DateTimeOffset next = now + ClosedWays.Wait(row.Attempts + 1, answer.End);
        bool patient = now - row.Since < Patience;
        switch (answer.End)
        {
            case SendEnd.Delivered when answer.Problems.Count == 0 || remaining.Length == 0 || !patient:
                Outbox.Sent(sql, row.Id, text, now);
                break;
            case SendEnd.Refused or SendEnd.Later when answer.End == SendEnd.Refused || !patient:
                Outbox.Dead(sql, row.Id, code, text, now);
                break;
            default:
                Outbox.Later(sql, row.Id, remaining, code, text, answer.End == SendEnd.Unknown, next);
                break;
        }

        // All that wait for a way that is closed have failed, though only one of them was tried.
        if (_closed.Note(row.Channel, answer.End)) Outbox.EndOld(sql, row.Channel, now - Patience, code, text, now);
    }

    private static string Text(SendAnswer answer) => answer.Problems.Count == 0 ? answer.Text : answer.Text + string.Concat(
        answer.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $" {p.Address}: {p.Status} {p.Text}.")));

    private bool IsOpen(OutboxChannel channel) => _closed.Until(channel) <= time.GetUtcNow() || Outbox.IsAsked(ledger.Sql, channel);

    private TimeSpan Sleep()
    {
        DateTimeOffset now = time.GetUtcNow(), next = _seen + Beat;
        foreach (OutboxChannel channel in ways.Keys)
        {
            if (Outbox.Next(ledger.Sql, channel) is not { } due) continue;
            DateTimeOffset open = _closed.Until(channel), at = open > due ? open : due;
            if (at < next) next = at;
        }

        return next > now ? next - now : TimeSpan.Zero;
    }

    private void Write(Action<LedgerSql> action) => Write(action, _led ?? 0);

    /// <summary>Refused once another leads, in the same transaction.</summary>
    private void Write(Action<LedgerSql> action, long mine) => ledger.Write(sql =>
    {
        if ((long)sql.Scalar("SELECT fence FROM lease")! != mine)
            throw new BatchScoringException(LedgerErrors.NotLeader, "Another dispatcher sends the letters now.");
        action(sql);
    });
}
