using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using BatchScoring.Core;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>What MailKit throws, as an answer: whether another try helps, and when. Each was tried against a server that does it.</summary>
internal static class SmtpAnswers
{
    /// <summary>Null: a bug, or none of ours.</summary>
    public static SendAnswer? Of(Exception error, SmtpSettings settings, SmtpSession? session)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.EffectivePort}");
        return error switch
        {
            BatchScoringException e => new SendAnswer(SendEnd.Blocked, e.Message, e.Error),
            SmtpCommandException e => OfCommand(e, session, place),
            AuthenticationException e => OfLogin(e, place),
            ServiceNotAuthenticatedException => new SendAnswer(SendEnd.Blocked,
                $"{place} wants a login. Set user: and password_file: or token_file: below mail.smtp.", MailErrors.LoginRefused),
            SslHandshakeException e => OfTls(e, place),
            NotSupportedException => new SendAnswer(SendEnd.Blocked,
                $"{place} does not offer STARTTLS. Nothing was sent. Ask for its port with TLS; a server that offered it until now may not "
                + "be the one that answers.", MailErrors.TlsRefused),
            SocketException or IOException or TimeoutException or ProtocolException or OperationCanceledException
                or ServiceNotConnectedException => Lost(error, settings, session, place),
            _ => null,
        };
    }

    private static SendAnswer OfCommand(SmtpCommandException error, SmtpSession? session, string place)
    {
        int status = (int)error.StatusCode;
        string text = string.Create(CultureInfo.InvariantCulture, $"{place} answers {status}: {error.Message}");
        bool ofLetter = session is { SenderAccepted: true };
        // 421 is the server's end of the conversation, whatever it was asked.
        return status < 500
            ? new SendAnswer(ofLetter && status != 421 ? SendEnd.Later : SendEnd.Away, text, MailErrors.Deferred, status)
            : new SendAnswer(ofLetter ? SendEnd.Refused : SendEnd.Blocked, text, MailErrors.Refused, status);
    }

    /// <summary>Wrong credentials and a busy server are the same exception, with the number at the beginning of its text only.</summary>
    private static SendAnswer OfLogin(AuthenticationException error, string place)
    {
        int? status = int.TryParse(error.Message.AsSpan(0, Math.Min(3, error.Message.Length)), NumberStyles.None,
            CultureInfo.InvariantCulture, out int number) ? number : null;
        return status is >= 400 and < 500
            ? new SendAnswer(SendEnd.Away, $"{place} cannot look at logins now: {error.Message}", MailErrors.Deferred, status)
            : new SendAnswer(SendEnd.Blocked, $"{place} refuses the login: {error.Message}", MailErrors.LoginRefused, status);
    }

    private static SendAnswer OfTls(SslHandshakeException error, string place)
    {
        // No certificate came: the connection broke, or the port speaks no TLS.
        if (error.ServerCertificate is not { } certificate)
        {
            return new SendAnswer(SendEnd.Away, $"TLS with {place} did not come about: {error.InnerException?.Message ?? error.Message}",
                MailErrors.Unreachable);
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
        return new SendAnswer(SendEnd.Blocked,
            $"The certificate of {place} is not trusted: {error.InnerException?.Message ?? "it is not the pinned one"} Nothing was sent. "
            + $"It is for '{certificate.Subject}', by '{certificate.Issuer}', SHA-256 {hash}. Install its authority, set revocation: false "
            + "where an internal authority has no list to ask, or pin: that hash after you compared it.", MailErrors.CertificateRefused);
    }

    private static SendAnswer Lost(Exception error, SmtpSettings settings, SmtpSession? session, string place)
    {
        string why = error switch
        {
            OperationCanceledException => string.Create(CultureInfo.InvariantCulture,
                $"no end within {(settings.Deadline ?? SmtpSettings.DefaultDeadline).TotalSeconds:0} s"),
            TimeoutException => string.Create(CultureInfo.InvariantCulture,
                $"no answer within {(settings.Timeout ?? SmtpSettings.DefaultTimeout).TotalSeconds:0} s"),
            _ => error.Message,
        };
        return session is { DataBegun: true }
            ? new SendAnswer(SendEnd.Unknown, $"The connection to {place} ended after the letter was sent and before its receipt: {why}. "
                + "It is sent again with the same Message-Id, and may arrive twice.", MailErrors.Uncertain)
            : new SendAnswer(SendEnd.Away, $"{place} cannot be reached: {why}", MailErrors.Unreachable);
    }
}
