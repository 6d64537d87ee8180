using System.Threading.Channels;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>All of a dispatcher's mail: who is told, in which words, and by which ways it leaves.</summary>
/// <param name="settings">Of dispatcher.yaml.</param>
/// <param name="ledger">The ledger's file; the sender has a connection of its own.</param>
/// <param name="time">The clock.</param>
internal sealed class MailRoom(MailSettings settings, string ledger, TimeProvider time) : IAsyncDisposable
{
    private readonly HttpClient _http = CreateClient();
    private readonly Channel<bool> _wakes = Channel.CreateUnbounded<bool>();
    private IReadOnlyDictionary<OutboxChannel, IMailTransport>? _ways;

    public LetterWriter Writer { get; } = new(settings, time);

    public IReadOnlyDictionary<OutboxChannel, IMailTransport> Ways => _ways ??= CreateWays();

    /// <summary>For web services: redirects are not followed, since secret headers would go with them.</summary>
    public static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Who is told by the scheduler.</summary>
    /// <param name="definitions">What a run goes by.</param>
    public IRunNews News(Definitions definitions) => new MailNews(settings, definitions.Of, () => _wakes.Writer.TryWrite(true), time);

    /// <summary>
    /// Sends letters until it is told to stop, and then once more what is due: the end of a run must not wait for the next process.
    /// </summary>
    /// <param name="fence">The leader's number while we lead, else null.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Func<long?> fence, CancellationToken stop)
    {
        using var own = Dispatcher.Ledger.Ledger.Open(ledger);
        OutboxSender sender = new(own, fence, Writer, Ways, time);
        await sender.RunAsync(_wakes.Reader, stop);
        using CancellationTokenSource last = new(TimeSpan.FromSeconds(10), time);
        await sender.TurnAsync(last.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IMailTransport way in _ways?.Values ?? []) await way.DisposeAsync();
        _http.Dispose();
    }

    private Dictionary<OutboxChannel, IMailTransport> CreateWays()
    {
        Dictionary<OutboxChannel, IMailTransport> ways = [];
        if (settings.Smtp is { } smtp) ways[OutboxChannel.Smtp] = new SmtpTransport(smtp, time);
        if (settings.Folder is { } folder) ways[OutboxChannel.Folder] = new FolderTransport(folder);
        if (settings.Webhook is { } hook) ways[OutboxChannel.Webhook] = new WebhookTransport(hook, _http, time);
        return ways;
    }
}
