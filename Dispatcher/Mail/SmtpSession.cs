using System.Net.NetworkInformation;
using System.Security.Cryptography;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// One connection to a mail server. Recipients that the server refuses are noted and do not rob the others of their letter, which is what
/// MailKit does by itself.
/// </summary>
internal sealed class SmtpSession : SmtpClient, ITransferProgress
{
    private readonly List<RecipientAnswer> _problems = [];

    public SmtpSession(SmtpSettings settings)
    {
        Timeout = (int)(settings.Timeout ?? SmtpSettings.DefaultTimeout).TotalMilliseconds;
        CheckCertificateRevocation = settings.Revocation;
        LocalDomain = settings.LocalDomain ?? OwnName();
        if (settings.PinBytes() is { } pin)
        {
            ServerCertificateValidationCallback = (_, certificate, _, _) =>
                certificate is not null && SHA256.HashData(certificate.GetRawCertData()).AsSpan().SequenceEqual(pin);
        }
    }

    /// <summary>The recipients of the last letter that were not taken.</summary>
    public IReadOnlyList<RecipientAnswer> Problems => _problems;

    /// <summary>Some of a letter's content is on its way: from here on a lost connection leaves its fate open.</summary>
    public bool DataBegun { get; private set; }

    /// <summary>The server has taken the sender: what it says from here on is about the letter, and not about us.</summary>
    public bool SenderAccepted { get; private set; }

    public async Task<string> SendAsync(SealedLetter letter, CancellationToken cancellation)
    {
        _problems.Clear();
        DataBegun = SenderAccepted = false;
        using var bytes = new MemoryStream(letter.Body, writable: false);
        using MimeMessage message = await MimeMessage.LoadAsync(bytes, CancellationToken.None);
        string reply = await SendAsync(
            message, new MailboxAddress("", letter.From), letter.To.Select(to => new MailboxAddress("", to)), cancellation, this);
        DataBegun = SenderAccepted = false;
        return reply;
    }

    void ITransferProgress.Report(long bytesTransferred, long totalSize) => DataBegun = true;

    void ITransferProgress.Report(long bytesTransferred) => DataBegun = true;

    protected override void OnSenderAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => SenderAccepted = true;

    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        // The server hangs up: nobody gets anything in this connection.
        if (response.StatusCode == SmtpStatusCode.ServiceNotAvailable) base.OnRecipientNotAccepted(message, mailbox, response);
        _problems.Add(new RecipientAnswer(mailbox.Address, (int)response.StatusCode, response.Response));
    }

    protected override void OnNoRecipientsAccepted(MimeMessage message)
    {
        // Together they may come later if any of them may.
        RecipientAnswer first = _problems.Find(p => p.RetryHelps) ?? _problems[0];
        throw new SmtpCommandException(
            SmtpErrorCode.RecipientNotAccepted, (SmtpStatusCode)first.Status, new MailboxAddress("", first.Address), first.Text);
    }

    /// <summary>Null: MailKit says the address, since some servers refuse a name without a domain.</summary>
    private static string? OwnName()
    {
        var machine = IPGlobalProperties.GetIPGlobalProperties();
        return machine.DomainName is { Length: > 0 } domain and not "(none)" ? $"{machine.HostName}.{domain}" : null;
    }
}
