using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>Ways that lead nowhere just now, and how long nobody tries them: a minute, then two, up to an hour.</summary>
internal sealed class ClosedWays(TimeProvider time)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Dictionary<OutboxChannel, (int Failures, DateTimeOffset Until)> _closed = [];

    /// <summary>
    /// How long to wait after so many tries. Where somebody must change something first, asking often would only lock the account.
    /// </summary>
    public static TimeSpan Wait(int tries, SendEnd end)
    {
        if (end == SendEnd.Blocked) return LongestWait;
        TimeSpan wait = ShortestWait * Math.Pow(2, Math.Min(tries - 1, 20));
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>Takes note of an answer; true when it tells of the way and not of the letter.</summary>
    public bool Note(OutboxChannel channel, SendEnd end)
    {
        bool closes = end is SendEnd.Away or SendEnd.Blocked or SendEnd.Unknown;
        if (closes)
        {
            int failures = _closed.GetValueOrDefault(channel).Failures + 1;
            _closed[channel] = (failures, time.GetUtcNow() + Wait(failures, end));
        }
        else
        {
            _closed.Remove(channel);
        }

        return closes;
    }

    /// <summary>When it is tried again; the past where it is open.</summary>
    public DateTimeOffset Until(OutboxChannel channel) => _closed.GetValueOrDefault(channel).Until;
}
