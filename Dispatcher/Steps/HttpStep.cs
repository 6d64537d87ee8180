using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Timetable.Yaml;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>Asks a web service, once: for what other systems must hear or answer before the next step.</summary>
internal sealed class HttpStep(HttpClient http, TimeProvider time) : IStepKind
{
    private const int MaxShown = 300;

    public StepKindInfo Info { get; } = new("http", "Sends a request to a web service; its status decides.",
    [
        new("url", StepKeyType.Text, Required: true, "The address: https, or http on this machine. No name or password in it."),
        new("method", StepKeyType.Text, Required: false, "GET, POST, PUT, PATCH or DELETE; by default GET, and POST with a body."),
        new("body", StepKeyType.Text, Required: false, "What is sent: as JSON where it begins with { or [, else as text."),
        new("headers", StepKeyType.Map, Required: false, "Headers that are no secret."),
        new("header_file", StepKeyType.Text, Required: false, "A file with secret headers, one 'Name: value' a line."),
        new("expect", StepKeyType.Texts, Required: false, "Statuses that mean success, such as 200, 404 or 2xx; by default 2xx."),
        new("timeout", StepKeyType.Duration, Required: false, "How long the answer may take; by default 60s."),
    ]);

    public async Task<StepAnswer> RunAsync(StepWork work, CancellationToken cancellation)
    {
        string text = work.Settings.Text("url")!;
        string? headerFile = work.Settings.Text("header_file");
        if (Problem(text, headerFile is not null) is { } problem) return Failed(HttpErrors.UrlInvalid, problem);
        Uri url = new(text);
        TimeSpan limit = DurationValue.Parse(work.Settings.Text("timeout")) ?? TimeSpan.FromSeconds(60);
        using CancellationTokenSource deadline = new(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        long begin = time.GetTimestamp();
        try
        {
            using HttpRequestMessage request = Request(url, work);
            IReadOnlyList<string> secrets = headerFile is null ? [] : await HeaderFile.AddToAsync(request.Headers, headerFile, both.Token);
            string what = $"{request.Method} {Shown(url)}";
            work.Tell(new StepProgress(what));
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            string begins = await BeginningAsync(response, secrets, both.Token);
            return Answer(work.Settings.Texts("expect"), what, response.StatusCode, begins, time.GetElapsedTime(begin));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Failed(HttpErrors.Unreachable, $"{Shown(url)} cannot be reached: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(HttpErrors.Unreachable, string.Create(CultureInfo.InvariantCulture,
                $"{Shown(url)} gave no answer within {limit.TotalSeconds:0} s. It may have done what was asked."));
        }
    }

    private static string? Problem(string text, bool secrets)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("https" or "http"))
            return "'url' is no web address. Write https://host/path.";
        if (url.UserInfo.Length > 0) return "'url' holds a name or a password. Write a header with them into header_file.";
        return secrets && url.Scheme == "http" && !url.IsLoopback ? $"Secret headers go over https only, not to {Shown(url)}." : null;
    }

    private static HttpRequestMessage Request(Uri url, StepWork work)
    {
        string? body = work.Settings.Text("body");
        HttpRequestMessage request = new(new HttpMethod(work.Settings.Text("method") ?? (body is null ? "GET" : "POST")), url);
        string type = body?.TrimStart() is ['{' or '[', ..] ? "application/json" : "text/plain";
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
        // The same attempt asked again, after a crash in between, is the same request for a service that looks at it.
        request.Headers.Add("Idempotency-Key", work.AttemptId);
        foreach ((string name, string value) in work.Settings.Map("headers")) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static StepAnswer Answer(IReadOnlyList<string> expect, string what, HttpStatusCode status, string begins, TimeSpan took)
    {
        string number = ((int)status).ToString(CultureInfo.InvariantCulture);
        IReadOnlyList<string> expected = expect.Count > 0 ? expect : ["2xx"];
        JsonObject figures = new() { ["status"] = (int)status, ["seconds"] = Math.Round(took.TotalSeconds, 3) };
        if (expected.Any(e => e == number || (e.Length == 3 && e[0] == number[0] && e[1..] == "xx")))
            return new StepAnswer(StepEnd.Succeeded, $"{what} answered {number}.", Figures: figures);
        return new StepAnswer(StepEnd.Failed, $"{what} answered {number}; {string.Join(" or ", expected)} is expected.{begins}",
            HttpErrors.Status.Name, figures,
            RetryHelps: status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError);
    }

    /// <summary>The first words of a body, since services say there what is wrong; an echo of our own secrets is taken out.</summary>
    private static async Task<string> BeginningAsync(
        HttpResponseMessage response, IReadOnlyList<string> secrets, CancellationToken cancellation)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
        byte[] bytes = new byte[4096];
        int read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        string text = Encoding.UTF8.GetString(bytes, 0, read);
        foreach (string secret in secrets) text = text.Replace(secret, "…", StringComparison.Ordinal);
        text = string.Concat(text.Take(MaxShown).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return text.Length == 0 ? "" : $" It says: {text}";
    }

    /// <summary>Without the query, where tokens often stand.</summary>
    private static string Shown(Uri url) => url.GetLeftPart(UriPartial.Path);

    private static StepAnswer Failed(ErrorCode code, string text) => new(StepEnd.Failed, text, code.Name, RetryHelps: code.RetryHelps);
}
