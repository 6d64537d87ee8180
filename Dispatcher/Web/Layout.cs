namespace BatchScoring.Dispatcher.Web;

/// <summary>The frame as HTML.</summary>
internal static class Layout
{
    private const int MostTroubles = 6;

    private static readonly (string Href, string Name)[] Places =
        [("/", "Pipelines"), ("/today", "Today"), ("/queue", "Queue"), ("/mail", "Mail")];

    /// <summary>A whole page.</summary>
    /// <param name="frame">What surrounds it.</param>
    /// <param name="title">Its title.</param>
    /// <param name="live">True for a page that changes by itself.</param>
    /// <param name="body">What stands in the middle.</param>
    public static Html Page(Frame frame, string title, bool live, Html body) => Html.Of(
        $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · {frame.Dispatcher}</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="/icon.svg">
        {(live ? Live : Html.Empty)}</head>
        <body><a class="jump" href="#main">To the content</a>
        <header><a class="name" href="/">{frame.Dispatcher}</a>
        <nav aria-label="Pages"><ul>{Places.Select(place => Place(frame, place))}</ul></nav>
        {Visitor(frame)}</header>
        <main id="main">{Banner(frame)}{body}</main>
        <footer>{Shown.Time(frame.Now, TimeZoneInfo.Utc)} · <a href="/api">API</a></footer></body></html>

        """);

    /// <summary>What a form needs besides its fields; empty where nobody may act.</summary>
    public static Html Secret(Frame frame) => Html.Of($"<input type=\"hidden\" name=\"form\" value=\"{frame.Visitor?.Form}\">");

    /// <summary>A form with one button and the reason that is asked for.</summary>
    public static Html Action(Frame frame, string address, string name, string placeholder, Html more) => frame.Visitor is null
        ? Html.Empty
        : Html.Of(
            $"""
            <form method="post" action="{address}" class="act">{Secret(frame)}{more}
            <label>Reason <input name="reason" required maxlength="300" placeholder="{placeholder}" autocomplete="off"></label>
            <button>{name}</button></form>
            """);

    /// <summary>Readable without the script, which only spares people the loading of the page.</summary>
    private static Html Live => Html.Of(
        $"<noscript><meta http-equiv=\"refresh\" content=\"30\"></noscript><script src=\"/live.js\" defer></script>");

    private static Html Place(Frame frame, (string Href, string Name) place) => frame.Path == place.Href
        ? Html.Of($"<li><a href=\"{place.Href}\" aria-current=\"page\">{place.Name}</a></li>")
        : Html.Of($"<li><a href=\"{place.Href}\">{place.Name}</a></li>");

    private static Html Visitor(Frame frame) => frame switch
    {
        { Visitor: { SignedIn: true } visitor } => Html.Of(
            $"<form method=\"post\" action=\"/sign-out\" class=\"visitor\">{Secret(frame)}{visitor.Name} <button>Sign out</button></form>"),
        { Visitor: { } visitor } => Html.Of($"<p class=\"visitor\">{visitor.Name}</p>"),
        { MaySignIn: false } => Html.Of($"<p class=\"visitor\">read only</p>"),
        _ => Html.Of($"<p class=\"visitor\"><a href=\"/sign-in\">Sign in to act</a></p>"),
    };

    private static Html Banner(Frame frame)
    {
        int more = frame.Troubles.Count - MostTroubles;
        IEnumerable<Html> items = frame.Troubles.Take(MostTroubles).Select(text => Html.Of($"<li>{text}</li>"));
        return frame.Troubles.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <section class="banner" aria-label="Needs attention"><ul>{items}</ul>
                {(more > 0 ? Html.Of($"<p>and {more} more</p>") : Html.Empty)}</section>
                """);
    }
}
