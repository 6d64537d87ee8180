using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>Posts messages as JSON: the way that still works when mail does not.</summary>
internal sealed class WebhookTransport(WebhookSettings settings, HttpClient http, TimeProvider time) : IMailTransport
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public async Task<SendAnswer> SendAsync(SealedLetter letter, CancellationToken cancellation)
    {
        string host = "The webhook";
        using CancellationTokenSource deadline = new(Limit, time);
        await using CancellationTokenRegistration stop = cancellation.Register(deadline.Cancel);
        try
        {
            Uri url = settings.Url ?? await ReadUrlAsync(settings.UrlFile!, deadline.Token);
            host = url.Host; // the path of such an address is often the secret
            using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(letter.Body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("Idempotency-Key", letter.MessageId);
            if (settings.HeaderFile is { } file) await HeaderFile.AddToAsync(request.Headers, file, deadline.Token);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            string text = string.Create(CultureInfo.InvariantCulture, $"{host} answers {(int)response.StatusCode} {response.ReasonPhrase}");
            return response.StatusCode switch
            {
                < HttpStatusCode.MultipleChoices => new SendAnswer(SendEnd.Delivered, text),
                HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
                    new SendAnswer(SendEnd.Away, text, MailErrors.Unreachable, (int)response.StatusCode),
                HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity =>
                    new SendAnswer(SendEnd.Refused, text, MailErrors.WebhookRefused, (int)response.StatusCode),
                _ => new SendAnswer(SendEnd.Blocked, text, MailErrors.WebhookRefused, (int)response.StatusCode),
            };
        }
        catch (BatchScoringException e)
        {
            return new SendAnswer(SendEnd.Blocked, e.Message, e.Error);
        }
        catch (HttpRequestException e)
        {
            return new SendAnswer(SendEnd.Away, $"{host} cannot be reached: {e.Message}", MailErrors.Unreachable);
        }
        catch (OperationCanceledException)
        {
            return new SendAnswer(SendEnd.Unknown, $"{host} did not answer in time; the message may arrive twice.", MailErrors.Uncertain);
        }
    }

    /// <summary>Read anew each time; no text ever holds what stands in it.</summary>
    private static async Task<Uri> ReadUrlAsync(string file, CancellationToken cancellation)
    {
        try
        {
            if (SecretFile.Problem(file) is { } rights) throw Unusable(rights);
            using StreamReader reader = new(file);
            string? line = (await reader.ReadLineAsync(cancellation))?.Trim();
            if (!Uri.TryCreate(line, UriKind.Absolute, out Uri? url) || url.Scheme is not ("https" or "http"))
                throw Unusable($"The first line of {file} is no address like https://chat.example.org/hook.");
            return WebhookSettings.Problem(url) is { } problem ? throw Unusable($"The address in {file} cannot be used: {problem}") : url;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"The file {file} with the webhook's address cannot be read: {e.Message}");
        }
    }

    private static BatchScoringException Unusable(string text) => new(MailErrors.SecretUnreadable, text);

    public Task RestAsync() => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
