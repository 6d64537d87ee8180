using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>What can go wrong with mail.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
internal static class MailErrors
{
    public static ErrorCode AddressInvalid { get; } = new("MAIL_ADDRESS_INVALID", ExitCode.Configuration,
        "A text is no mail address that every server takes: one `@`, a name and a domain in plain ASCII letters, at most 254 characters. "
        + "The text says where it stands.");

    public static ErrorCode HeaderInvalid { get; } = new("MAIL_HEADER_INVALID", ExitCode.Configuration,
        "A subject, a name or another header of a letter holds a line break or another control character. Such a letter is refused, "
        + "because the rest of the text could become a header of its own. Take the character out of the text that the message names.");

    public static ErrorCode TooLarge { get; } = new("MAIL_TOO_LARGE", ExitCode.InputUnusable,
        "A letter is larger than readers or the mail server take: its HTML part beyond 100 KB, or all of it beyond what the server "
        + "announces. Send less text, or a link.");

    public static ErrorCode SettingsInvalid { get; } = new("MAIL_SETTINGS_INVALID", ExitCode.Configuration,
        "The settings below `mail:` contradict each other, for example credentials over a connection without TLS. The text says which.");

    public static ErrorCode SecretUnreadable { get; } = new("MAIL_SECRET_UNREADABLE", ExitCode.Configuration,
        "The file with the password or the access token of the mail server, or with the webhook's address, cannot be read, is empty, or may "
        + "be read by others. It is read anew for every connection, so a repaired file helps at once.", RetryHelps: true);

    public static ErrorCode Unreachable { get; } = new("MAIL_UNREACHABLE", ExitCode.Unreachable,
        "The mail server does not answer, answers too slowly, ends the connection, or says that it is busy. Letters wait in the outbox and "
        + "are tried again.", RetryHelps: true);

    public static ErrorCode TlsRefused { get; } = new("MAIL_TLS_REFUSED", ExitCode.Configuration,
        "The mail server offers no TLS although it is required. Nothing was sent, no password either. Ask for the right port, or set "
        + "`tls:` as the server needs it.");

    public static ErrorCode CertificateRefused { get; } = new("MAIL_CERTIFICATE_REFUSED", ExitCode.Configuration,
        "The certificate of the mail server is not to be trusted: expired, for another name, of an unknown authority, or without a way to "
        + "ask whether it was revoked. Nothing was sent. Install the authority, set `revocation: false` for an internal one, or `pin:` the "
        + "certificate.");

    public static ErrorCode LoginRefused { get; } = new("MAIL_LOGIN_REFUSED", ExitCode.NotAllowed,
        "The mail server does not take user and password or access token, wants a login that is not configured, or offers no way to log in "
        + "that is safe. Renew the secret, or ask the server's owner.");

    public static ErrorCode Refused { get; } = new("MAIL_REFUSED", ExitCode.NotAllowed,
        "The mail server refuses a letter, its sender or its recipients for good (an answer that begins with 5). Its own text follows.");

    public static ErrorCode Deferred { get; } = new("MAIL_DEFERRED", ExitCode.TryLater,
        "The mail server takes a letter or a recipient later (an answer that begins with 4). It is tried again.", RetryHelps: true);

    public static ErrorCode Uncertain { get; } = new("MAIL_UNCERTAIN", ExitCode.TryLater,
        "The connection ended after the letter was sent and before the server said that it has it. It is sent again under the same "
        + "Message-Id, so it may arrive twice.", RetryHelps: true);

    public static ErrorCode Bug { get; } = new("MAIL_BUG", ExitCode.Failed,
        "The dispatcher met an error that it has no name for while it made or sent a letter. The letter's row in the outbox tells it; "
        + "please report it. Other letters go out.");

    public static ErrorCode WebhookRefused { get; } = new("MAIL_WEBHOOK_REFUSED", ExitCode.Configuration,
        "The address of the webhook answers that it does not take the message.");
}
