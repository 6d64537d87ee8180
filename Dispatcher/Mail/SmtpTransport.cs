using System.Globalization;
using BatchScoring.Core;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>Hands letters to a mail server: one connection for a batch of them, TLS unless the settings say otherwise.</summary>
internal sealed class SmtpTransport(SmtpSettings settings, TimeProvider time) : IMailTransport
{
    /// <summary>What a letter on its way gets when the dispatcher is asked to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private SmtpSession? _session;

    public async Task<SendAnswer> SendAsync(SealedLetter letter, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using CancellationTokenSource deadline = new(settings.Deadline ?? SmtpSettings.DefaultDeadline, time);
        await using CancellationTokenRegistration grace = cancellation.Register(() => deadline.CancelAfter(Grace));
        try
        {
            await ConnectAsync(deadline.Token);
            if (_session!.Capabilities.HasFlag(SmtpCapabilities.Size) && _session.MaxSize > 0 && letter.Body.Length > _session.MaxSize)
            {
                return new SendAnswer(SendEnd.Refused, string.Create(CultureInfo.InvariantCulture,
                    $"The letter has {letter.Body.Length:N0} bytes and {settings.Host} takes {_session.MaxSize:N0}."), MailErrors.TooLarge);
            }

            string reply = await _session.SendAsync(letter, deadline.Token);
            return new SendAnswer(SendEnd.Delivered, reply) { Problems = [.. _session.Problems] };
        }
        catch (Exception e) when (SmtpAnswers.Of(e, settings, _session) is { } answer)
        {
            IReadOnlyList<RecipientAnswer> problems = [.. _session?.Problems ?? []];
            if (_session is not { IsConnected: true } || answer.End is not (SendEnd.Later or SendEnd.Refused)) Drop();
            return answer with { Problems = problems };
        }
    }

    /// <summary>Connects and logs in as for a letter, and sends none: for <c>doctor</c>.</summary>
    public async Task<SendAnswer> CheckAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource deadline = new(settings.Timeout ?? SmtpSettings.DefaultTimeout, time);
        await using CancellationTokenRegistration stop = cancellation.Register(deadline.Cancel);
        try
        {
            await ConnectAsync(deadline.Token);
            string tls = _session!.IsSecure ? _session.SslProtocol.ToString() : "no TLS";
            string login = settings.User is null ? "no login" : "logged in";
            return new SendAnswer(SendEnd.Delivered, $"{settings.Host} answers, {tls}, {login}");
        }
        catch (Exception e) when (SmtpAnswers.Of(e, settings, _session) is { } answer)
        {
            return answer;
        }
        finally
        {
            await RestAsync();
        }
    }

    public async Task RestAsync()
    {
        if (_session is { IsConnected: true } open)
        {
            using CancellationTokenSource deadline = new(Grace, time);
            try
            {
                await open.DisconnectAsync(quit: true, deadline.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SmtpProtocolException or SmtpCommandException
                or TimeoutException)
            {
                // All letters are through: how it ends is of no interest.
            }
        }

        Drop();
    }

    public async ValueTask DisposeAsync() => await RestAsync();

    private async Task ConnectAsync(CancellationToken cancellation)
    {
        if (_session is { IsConnected: true } open)
        {
            try
            {
                await open.NoOpAsync(cancellation);
                return;
            }
            catch (Exception e) when (e is IOException or SmtpProtocolException or SmtpCommandException or TimeoutException)
            {
                // It was closed meanwhile, which servers do after some letters or some time.
            }
        }

        Drop();
        _session = new SmtpSession(settings);
        await _session.ConnectAsync(settings.Host, settings.EffectivePort, settings.Tls switch
        {
            MailTls.Implicit => SecureSocketOptions.SslOnConnect,
            MailTls.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        }, cancellation);
        if (settings.User is not null) await LogInAsync(_session, settings.User, cancellation);
    }

    /// <summary>One mechanism, chosen here: MailKit's own choice tries several, some of them without TLS in mind.</summary>
    private async Task LogInAsync(SmtpSession session, string user, CancellationToken cancellation)
    {
        if (!session.IsSecure) throw new InvalidOperationException("A login is never sent without TLS.");
        HashSet<string> offered = session.AuthenticationMechanisms;
        string secret = await ReadSecretAsync(settings.TokenFile ?? settings.PasswordFile!, cancellation);
        SaslMechanism? mechanism = settings.TokenFile is not null
            ? offered.Contains("XOAUTH2") ? new SaslMechanismOAuth2(user, secret)
                : offered.Contains("OAUTHBEARER") ? new SaslMechanismOAuthBearer(user, secret) : null
            : offered.Contains("PLAIN") ? new SaslMechanismPlain(user, secret)
                : offered.Contains("LOGIN") ? new SaslMechanismLogin(user, secret) : null;
        if (mechanism is null)
        {
            throw new BatchScoringException(MailErrors.LoginRefused,
                $"{settings.Host} offers {(offered.Count == 0 ? "no login" : string.Join(", ", offered.Order(StringComparer.Ordinal)))}; "
                + (settings.TokenFile is null ? "a password needs PLAIN or LOGIN." : "a token needs XOAUTH2 or OAUTHBEARER."));
        }

        await session.AuthenticateAsync(mechanism, cancellation);
    }

    private static async Task<string> ReadSecretAsync(string file, CancellationToken cancellation)
    {
        try
        {
            using StreamReader reader = new(file);
            if ((await reader.ReadLineAsync(cancellation))?.Trim() is { Length: > 0 } secret) return secret;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BatchScoringException(
                MailErrors.SecretUnreadable, $"The file {file} with the secret for mail cannot be read: {e.Message}", e);
        }

        throw new BatchScoringException(MailErrors.SecretUnreadable, $"The file {file} with the secret for mail has an empty first line.");
    }

    private void Drop()
    {
        _session?.Dispose();
        _session = null;
    }
}
