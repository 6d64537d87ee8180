using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>The outbox: what has left, what waits, what was given up, and what the server said.</summary>
internal static class MailPage
{
    public static Html Write(MailView view, Func<string, TimeZoneInfo> zoneOf, Frame frame) => Html.Of(
        $"""
        <h1>Mail</h1>
        {(view.Letters.Count == 0 ? Html.Of($"<p>No letter yet. They are made when runs end, where <code>mail</code> is set.</p>") : Html.Of(
            $"""
            <p class="sum">{view.Dead} given up, {view.Waiting} tried in vain so far</p>
            <table class="lines"><thead><tr><th scope="col">Letter</th><th scope="col">State</th><th scope="col">To</th>
            <th scope="col">Last answer</th></tr></thead>
            <tbody>{view.Letters.Select(letter => Row(letter, ZoneOf(letter, zoneOf), view.Now, frame))}</tbody></table>
            """))}
        """);

    /// <summary>A letter about a run stands on the clock of its pipeline.</summary>
    private static TimeZoneInfo ZoneOf(OutboxRow letter, Func<string, TimeZoneInfo> zoneOf) =>
        letter.Run is { } run ? zoneOf(run.Split('.')[0]) : TimeZoneInfo.Utc;

    private static Html Row(OutboxRow letter, TimeZoneInfo zone, DateTimeOffset now, Frame frame) => Html.Of(
        $"""
        <tr><th scope="row">{letter.Subject ?? letter.What.Word()}
        <small>{About(letter)} {Shown.Time(letter.Created, zone)}</small></th>
        <td>{State(letter)} <small>{Tries(letter, now)}</small></td>
        <td>{letter.Channel.Word()} {string.Join(", ", letter.Recipients)}</td>
        <td>{letter.Answer} <code>{letter.Code}</code>{Again(letter, frame)}</td></tr>

        """);

    private static Html About(OutboxRow letter) => letter.Run is { } run ? Html.Of($"<a href=\"/runs/{run}\">{run}</a>") : Html.Empty;

    private static Html State(OutboxRow letter) =>
        Html.Of($"<span class=\"badge {Style(letter.State)}\">{letter.State.Word()}</span>");

    private static string Style(OutboxState state) => state switch
    {
        OutboxState.Dead => "failed",
        OutboxState.Sent or OutboxState.Told => "ok",
        _ => "wait",
    };

    private static string Tries(OutboxRow letter, DateTimeOffset now)
    {
        string tries = letter.Attempts == 0 ? "not tried yet" : $"tries: {letter.Attempts}";
        string again = letter.Ended is null && letter.Next > now ? $", again {Shown.Away(letter.Next - now)}" : "";
        return $"{tries}{again}{(letter.Uncertain > 0 ? ", may have arrived twice" : "")}";
    }

    private static Html Again(OutboxRow letter, Frame frame) => letter.State == OutboxState.Dead
        ? Layout.Action(frame, $"/mail/{letter.Id}/retry", "Try again", "what has been mended", Html.Empty)
        : Html.Empty;
}
