using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>
/// Puts a letter of the pipeline's own into the outbox. Done is what it is once it lies there: delivery is the outbox's, which tries for a
/// day. A step that is tried again writes no second letter.
/// </summary>
/// <param name="settings">Null where dispatcher.yaml has no mail.</param>
/// <param name="open">Opens the ledger: steps run on threads of their own.</param>
/// <param name="time">The clock.</param>
internal sealed class MailStep(MailSettings? settings, Func<Ledger.Ledger> open, TimeProvider time) : IStepKind
{
    private const int MaxText = 20_000;

    public StepKindInfo Info { get; } = new("mail", "Sends a letter in the pipeline's own words; the end of a run is told by the key mail.",
    [
        new("to", StepKeyType.Texts, Required: true, "Who gets it."),
        new("subject", StepKeyType.Text, Required: false, "One line; by default the pipeline and its date."),
        new("text", StepKeyType.Text, Required: false, "What it says."),
    ]);

    public Task<StepAnswer> RunAsync(StepWork work, CancellationToken cancellation)
    {
        if (settings is null)
            throw new BatchScoringException(MailErrors.SettingsInvalid, "No letter can be sent: dispatcher.yaml says nothing below mail:.");
        IReadOnlyList<string> to = work.Settings.Texts("to");
        WordsContent words = new(work.Settings.Text("subject"), work.Settings.Text("text"));
        if (words.Text?.Length > MaxText)
        {
            throw new BatchScoringException(MailErrors.TooLarge,
                FormattableString.Invariant($"The text has {words.Text.Length:N0} characters; {MaxText:N0} are the most. Send a link."));
        }

        // What can be wrong with it is said here and now, and not by the outbox at night.
        SealedLetter.Check(words.Subject ?? "", to);
        string content = JsonSerializer.Serialize(words);
        string id = Cover.IdOf($"{work.RunId}.{work.Step}", settings.From, to);
        DateTimeOffset now = time.GetUtcNow();
        using Ledger.Ledger ledger = open();
        bool written = ledger.Write(sql =>
        {
            if ((long)sql.Scalar("SELECT fence FROM lease")! != work.Fence)
                throw new BatchScoringException(LedgerErrors.NotLeader, "Another dispatcher goes on with this run.");
            bool any = false;
            foreach (OutboxChannel channel in settings.Channels)
            {
                OutboxNote note = new(channel, id, OutboxMatter.Words, work.RunId, content, to);
                any |= Outbox.Add(sql, note, OutboxState.Pending, now, now);
            }

            return any;
        });
        return Task.FromResult(new StepAnswer(StepEnd.Succeeded,
            written ? "The letter lies in the outbox." : "The letter lay in the outbox already."));
    }
}
