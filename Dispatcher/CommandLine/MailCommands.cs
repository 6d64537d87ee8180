using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>What keeps mail: the outbox, a trial, and the look whether anybody leads at all.</summary>
internal static class MailCommands
{
    public static IEnumerable<Command> Create(CommandHost host) => [OutboxList(host), Resend(host), Trial(host), Watch(host)];

    private static Command OutboxList(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<bool> open = parameters.Flag("--open", "Only those that wait, and those that were given up.");
        return host.Create(
            "outbox", "The last letters, the newest first, and what became of them.", ["dispatcher outbox", "dispatcher outbox --open"],
            parameters, (context, line, _) =>
            {
                OutboxRow[] rows = [.. Outbox.List(context.Ledger.Sql, null, limit: 200)
                    .Where(row => !line.GetValue(open) || row.State is not (OutboxState.Sent or OutboxState.Told))];
                return Task.FromResult(new CommandOutcome(0, [.. rows.Select(Line)], [], new JsonObject
                {
                    ["letters"] = new JsonArray([.. rows.Select(row => (JsonNode)Json(row))]),
                }));
            });
    }

    private static Command Resend(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<double?> id = parameters.Number("--id", "N", "One letter of `outbox`. Default: all that wait or were given up.");
        return host.Create(
            "resend", "Tries letters again at once: those that wait, and those that were given up.",
            ["dispatcher resend", "dispatcher resend --id 17"], parameters, (context, line, _) =>
            {
                long? one = (long?)line.GetValue(id);
                int count = context.Ledger.Write(sql =>
                {
                    DateTimeOffset now = context.Time.GetUtcNow();
                    string what = one is null ? "all letters" : FormattableString.Invariant($"letter {one}");
                    Runs.Audit(sql, now, context.Asker(null).Who, "resend", null, null, what);
                    return Outbox.Revive(sql, one, now);
                });
                return Task.FromResult(new CommandOutcome(0, [FormattableString.Invariant($"{count} letters are tried again.")], [],
                    new JsonObject { ["letters"] = count }));
            });
    }

    private static Command Trial(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string> to = parameters.Add(new Argument<string>("ADDRESS") { Description = "Who gets it." });
        return host.Create(
            "mail-test", "Sends a letter at once by every way of mail:, and says what each answers.",
            ["dispatcher mail-test jane@example.org"], parameters, async (context, line, cancellation) =>
            {
                MailRoom mail = context.Mail ?? throw NoMail();
                string address = line.GetValue(to)!;
                Addresses.Parse(address);
                List<string> lines = [];
                JsonArray answers = [];
                bool good = true;
                foreach (OutboxChannel channel in mail.Ways.Keys)
                {
                    SendAnswer answer = await mail.Ways[channel].SendAsync(
                        mail.Writer.Trial(channel, [address], context.Settings.Name), cancellation);
                    good &= answer.End == SendEnd.Delivered && answer.Problems.Count == 0;
                    string name = channel.Word(), end = answer.End.Word();
                    lines.Add($"{name}: {end}. {answer.Text}");
                    answers.Add((JsonNode)new JsonObject
                    {
                        ["way"] = name,
                        ["end"] = end,
                        ["code"] = answer.Error?.Name,
                        ["text"] = answer.Text,
                    });
                }

                ExitCode exit = good ? ExitCode.Ok : ExitCode.Unreachable;
                return new CommandOutcome((int)exit, lines, [], new JsonObject { ["answers"] = answers });
            });
    }

    private static Command Watch(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string?> silence = parameters.Text("--silence", "DURATION", "How long nobody may lead. Default: 10m.");
        return host.Create(
            "watch", "Looks once whether a dispatcher leads, and tells mail.alarms if not. For a timer of the system, here or elsewhere.",
            ["dispatcher watch", "dispatcher watch --silence 30m"], parameters, async (context, line, cancellation) =>
            {
                MailRoom mail = context.Mail ?? throw NoMail();
                TimeSpan most = DurationValue.Parse(line.GetValue(silence) ?? "10m")
                    ?? throw new BatchScoringException(HostErrors.OptionInvalid, "--silence must be a duration like 10m.");
                (bool leads, string text) = await new DeadMan(context.Ledger, mail.Writer, mail.Ways, context.Time)
                    .LookAsync(most, cancellation);
                return new CommandOutcome((int)(leads ? ExitCode.Ok : ExitCode.Unreachable), [text], [],
                    new JsonObject { ["leads"] = leads, ["text"] = text });
            });
    }

    private static BatchScoringException NoMail() =>
        new(MailErrors.SettingsInvalid, "dispatcher.yaml says nothing below mail:, so there is nobody to tell and no way.");

    private static string Line(OutboxRow row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.Id,6} {Moment.Text(row.Created)} {row.Channel.Word(),-7} {row.State.Word(),-8} ")
        + $"{row.Subject ?? row.Run ?? row.MessageId}" + (row.Recipients.Count > 0 ? $" → {string.Join(", ", row.Recipients)}" : "")
        + (row.Answer is { } answer && row.State != OutboxState.Sent ? $" ({answer})" : "")
        + (row.Uncertain > 0 ? FormattableString.Invariant($" [may have arrived {row.Uncertain + 1} times]") : "");

    private static JsonObject Json(OutboxRow row) => new()
    {
        ["id"] = row.Id,
        ["channel"] = row.Channel.Word(),
        ["about"] = row.What.Word(),
        ["run"] = row.Run,
        ["to"] = new JsonArray([.. row.Recipients.Select(to => (JsonNode)to)]),
        ["subject"] = row.Subject,
        ["state"] = row.State.Word(),
        ["created"] = row.Created,
        ["attempts"] = row.Attempts,
        ["uncertain"] = row.Uncertain,
        ["next"] = row.Ended is null ? row.Next : null,
        ["code"] = row.Code,
        ["answer"] = row.Answer,
    };
}
