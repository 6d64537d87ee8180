using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// What dispatcher.yaml says below <c>mail:</c>. Letters go to the server, or into the folder, or both ways where both are set.
/// </summary>
/// <param name="From">Who sends: <c>Scoring &lt;scoring@example.org&gt;</c>.</param>
/// <param name="Smtp">The mail server, or null.</param>
/// <param name="Folder">A local folder that gets every letter as a file, or null.</param>
/// <param name="Webhook">The second channel, or null.</param>
/// <param name="Digest">When the letters of groups that want one a day are sent; needed once a group says <c>digest: true</c>.</param>
/// <param name="Alarms">Who hears what belongs to no pipeline: the dispatcher was down, has no leader.</param>
/// <param name="Page">Where people find the status page, for links: <c>https://scoring.example.org</c>; or null.</param>
internal sealed record MailSettings(
    string From, SmtpSettings? Smtp = null, string? Folder = null, WebhookSettings? Webhook = null, DigestSettings? Digest = null,
    IReadOnlyList<string>? Alarms = null, Uri? Page = null)
{
    /// <summary>The ways of letters; the second channel is apart.</summary>
    public IEnumerable<OutboxChannel> Channels
    {
        get
        {
            if (Smtp is not null) yield return OutboxChannel.Smtp;
            if (Folder is not null) yield return OutboxChannel.Folder;
        }
    }

    /// <summary>What is wrong, by key (<c>smtp.tls</c>); empty when nothing is.</summary>
    public IEnumerable<(string Key, string Problem)> Problems()
    {
        if (Addresses.Problem(From) is { } from) yield return ("from", from);
        if (Smtp is null && Folder is null)
            yield return ("smtp", "Neither a server (smtp:) nor a folder (folder:) is set: letters go nowhere.");
        if (Folder is not null && !Path.IsPathRooted(Folder)) yield return ("folder", $"'{Folder}' must be an absolute path.");
        foreach ((string key, string problem) in Smtp?.Problems() ?? []) yield return ("smtp." + key, problem);
        foreach (string alarm in Alarms ?? [])
        {
            if (Addresses.Problem(alarm) is { } wrong) yield return ("alarms", wrong);
        }

        if (Webhook is { Url: null, UrlFile: null } or { Url: not null, UrlFile: not null })
            yield return ("webhook", "It needs exactly one of url and url_file.");
        if (Webhook?.Url is { } url && WebhookSettings.Problem(url) is { } problemOfUrl) yield return ("webhook.url", problemOfUrl);
    }
}

/// <summary>How the mail server is reached.</summary>
/// <param name="Host">Its name, as its certificate has it.</param>
/// <param name="Port">Null: 465 with implicit TLS, 587 with STARTTLS, 25 without.</param>
/// <param name="Tls">How the connection is protected. There is no "if the server offers it": that is what an attacker takes away.</param>
/// <param name="AllowClear">Must be true for <see cref="MailTls.None"/>.</param>
/// <param name="Revocation">True: a certificate is refused where nobody says whether it was revoked.</param>
/// <param name="Pin">SHA-256 of the one certificate that is trusted, in hexadecimal, whatever its authority says; or null.</param>
/// <param name="User">Who logs in, or null for a server that asks nobody.</param>
/// <param name="PasswordFile">A file with the password in its first line, read anew for every connection.</param>
/// <param name="TokenFile">Instead of it, a file with an OAuth 2 access token, read in the same way.</param>
/// <param name="LocalDomain">What this machine is called in EHLO; null: its own name if it has a domain, else its address.</param>
/// <param name="Timeout">How long one answer may take.</param>
/// <param name="Deadline">How long one letter may take, connection and all.</param>
internal sealed record SmtpSettings(
    string Host, int? Port = null, MailTls Tls = MailTls.StartTls, bool AllowClear = false, bool Revocation = true, string? Pin = null,
    string? User = null, string? PasswordFile = null, string? TokenFile = null, string? LocalDomain = null, TimeSpan? Timeout = null,
    TimeSpan? Deadline = null)
{
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(60);

    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromMinutes(5);

    public int EffectivePort => Port ?? (Tls switch { MailTls.Implicit => 465, MailTls.StartTls => 587, _ => 25 });

    /// <summary>What is wrong, by key; empty when nothing is.</summary>
    public IEnumerable<(string Key, string Problem)> Problems()
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown) yield return ("host", $"'{Host}' is no host name.");
        if (Tls == MailTls.None && !AllowClear)
            yield return ("tls", "none sends letters readable for everybody on the way. Say allow_clear: true as well if that is meant.");
        if (Tls == MailTls.None && User is not null)
            yield return ("user", "A login is never sent without TLS. Take tls: implicit or starttls, or leave the login out.");
        if (Tls == MailTls.None && Pin is not null) yield return ("pin", "Without TLS there is no certificate to compare.");
        if (Pin is not null && PinBytes() is null)
            yield return ("pin", "It must be a SHA-256: 64 hexadecimal digits, with or without colons.");
        if (User is null && (PasswordFile ?? TokenFile) is not null)
            yield return ("user", "It is missing beside the file with its secret.");
        if (User is not null && (PasswordFile is null) == (TokenFile is null))
            yield return ("user", "It needs exactly one of password_file and token_file.");
    }

    /// <summary>The pinned hash; null when there is none, or it is not readable.</summary>
    public byte[]? PinBytes()
    {
        string digits = (Pin ?? "").Replace(":", "", StringComparison.Ordinal);
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}

/// <summary>How the connection to the mail server is protected.</summary>
internal enum MailTls
{
    /// <summary>From the first byte (port 465).</summary>
    Implicit,

    /// <summary>After STARTTLS, and not at all without it (port 587).</summary>
    StartTls,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>The second channel: each message as JSON by HTTP POST.</summary>
/// <param name="Url">Where to, where that is no secret; else null.</param>
/// <param name="UrlFile">A file with the address in its first line, read anew for every message; or null.</param>
/// <param name="HeaderFile">A file with headers that are secret, one <c>Name: value</c> a line; or null.</param>
/// <param name="On">Which ends of a run go there; alarms always do.</param>
internal sealed record WebhookSettings(Uri? Url, string? UrlFile, string? HeaderFile, IReadOnlyList<MailOccasion> On)
{
    /// <summary>What keeps an address from being used, without its path; null: nothing.</summary>
    public static string? Problem(Uri url) => url.UserInfo.Length > 0
        ? "It holds a name or a password. Write a header with them into header_file."
        : url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)
            ? $"'{url.Scheme}://{url.Host}' must be https, or an address of this machine."
            : null;
}

/// <summary>When the one letter of the day is sent.</summary>
internal sealed record DigestSettings(TimeOnly At, TimeZoneInfo Zone)
{
    /// <summary>The next such moment.</summary>
    public DateTimeOffset After(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
        DateTimeOffset at = LocalTimes.Instant(Zone, today, At.ToTimeSpan());
        return at > now ? at : LocalTimes.Instant(Zone, today.AddDays(1), At.ToTimeSpan());
    }
}

/// <summary>Who hears of which ends: one entry of a pipeline's <c>mail:</c>.</summary>
/// <param name="To">Addresses that share a letter.</param>
/// <param name="On">The verdicts of which they hear.</param>
/// <param name="Digest">True: runs that went well come in one letter a day.</param>
internal sealed record MailGroup(IReadOnlyList<string> To, IReadOnlyList<MailOccasion> On, bool Digest = false);

/// <summary>How a run ended, as mail tells it.</summary>
internal enum MailOccasion
{
    Ok,
    Late,
    Held,
    Failed,
}
