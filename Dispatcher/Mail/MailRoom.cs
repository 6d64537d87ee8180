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
    private const int QuickLooks = 40;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(50);

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
    /// Sends letters until it is told to stop: when one is due, at once after this process wrote one, soon after another did. Then once
    /// more what is due: the end of a run must not wait for the next process.
    /// </summary>
    /// <param name="fence">The leader's number while we lead, else null.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Func<long?> fence, CancellationToken stop)
    {
        using var own = Dispatcher.Ledger.Ledger.Open(ledger);
        OutboxSender sender = new(own, fence, Writer, Ways, time);
        int quick = 0;
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait = await sender.TurnAsync(stop);
            if (wait < Quick) wait = Quick;
            long version = own.Version;
            while (wait > TimeSpan.Zero && own.Version == version && !stop.IsCancellationRequested)
            {
                TimeSpan nap = quick > 0 ? Quick : Look;
                if (await WokenAsync(nap < wait ? nap : wait, stop)) quick = QuickLooks;
                else (quick, wait) = (Math.Max(0, quick - 1), wait - nap);
            }
        }

        using CancellationTokenSource last = new(TimeSpan.FromSeconds(10), time);
        await sender.TurnAsync(last.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IMailTransport way in _ways?.Values ?? []) await way.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Woken before the commit can be seen: it is looked for closely for a moment.</summary>
    private async Task<bool> WokenAsync(TimeSpan nap, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<bool> woken = _wakes.Reader.WaitToReadAsync(over.Token).AsTask();
        Task first = await Task.WhenAny(woken, Task.Delay(nap, time, over.Token));
        await over.CancelAsync();
        if (first != woken || !woken.IsCompletedSuccessfully) return false;
        while (_wakes.Reader.TryRead(out _))
        {
            // One look is for all.
        }

        return true;
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
