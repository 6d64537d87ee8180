using System.Globalization;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using Microsoft.AspNetCore.Http;

namespace BatchScoring.Dispatcher.Web;

/// <summary>
/// A log as it grows, by server-sent events: <c>id</c> is the byte up to which it was told, so that a reader who comes back misses nothing
/// and reads nothing twice; the event <c>end</c> comes when the attempt has ended and all of its log was told.
/// </summary>
/// <param name="stop">Ends all streams: the server would wait for them.</param>
internal sealed class LogEvents(StepLogs logs, PageReader reader, CancellationToken stop) : IDisposable
{
    /// <summary>Readers at once. Each is a task that sleeps, no thread; others have the page that loads itself again.</summary>
    public const int MostReaders = 32;

    /// <summary>Of what came since the last look no more than this is told: nobody reads a log that grows faster.</summary>
    private const int MostBytes = 256 * 1024;

    /// <summary>A word now and then shows whether the reader is still there.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Here = TimeSpan.FromSeconds(1), Elsewhere = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _places = new(MostReaders);

    public void Dispose() => _places.Dispose();

    public async Task SendAsync(HttpContext context, RunRow run, string step, int attempt, long from)
    {
        if (!await _places.WaitAsync(0, CancellationToken.None))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stop);
        try
        {
            if (await logs.FindAsync(run, step, attempt, over.Token) is not { } file)
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            context.Response.ContentType = "text/event-stream";
            await FollowAsync(context.Response, file, (run.Id, step, attempt), from, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The reader left, or the dispatcher stops.
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task FollowAsync(
        HttpResponse response, LogFile file, (string Run, string Step, int Attempt) what, long from, CancellationToken over)
    {
        TimeSpan pace = file.Host.Settings.Transport == HostTransport.Local ? Here : Elsewhere;
        long told = reader.Time.GetTimestamp();
        await response.Body.FlushAsync(over); // the headers: the reader knows that it has a place
        for (bool last = false; !last;)
        {
            // Asked before the log is read: what was printed until then is in it.
            last = reader.Read(sql => PageSql.HasEnded(sql, what.Run, what.Step, what.Attempt));
            long before = from;
            (string text, from) = await PieceAsync(file, from, over);
            if (last) text += "event: end\ndata: all of it\n\n";
            if (text.Length == 0 && reader.Time.GetElapsedTime(told) > Silence) text = ":\n\n";
            if (text.Length > 0)
            {
                told = reader.Time.GetTimestamp();
                await response.WriteAsync(text, over);
                await response.Body.FlushAsync(over);
            }

            if (!last) await Task.Delay(from > before ? Here : pace, reader.Time, over);
        }
    }

    /// <summary>What came since, as events, and where the next begins. A host out of reach is asked again.</summary>
    private static async Task<(string Text, long Next)> PieceAsync(LogFile file, long from, CancellationToken over)
    {
        try
        {
            (long begin, byte[] bytes) = await HostFiles.FollowAsync(file.Host, file.Path, from, MostBytes, over);
            int whole = LogText.WholeLetters(bytes);
            if (whole == 0) return ("", from);
            string skipped = begin > from ? string.Create(CultureInfo.InvariantCulture, $"\n… {begin - from:N0} bytes …\n") : "";
            var events = new StringBuilder();
            events.Append(CultureInfo.InvariantCulture, $"id: {begin + whole}\n");
            foreach (string line in (skipped + LogText.Shown(bytes.AsSpan(0, whole))).Split('\n'))
                events.Append("data: ").Append(line).Append('\n');
            return (events.Append('\n').ToString(), begin + whole);
        }
        catch (BatchScoringException e)
        {
            return ($"event: trouble\ndata: {e.Message.ReplaceLineEndings(" ")}\n\n", from);
        }
    }
}
