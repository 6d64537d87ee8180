using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// Asks a host again for as long as only the link is at fault. It never gives up by itself: who gave up would not know whether a job runs,
/// and the next attempt would start it a second time.
/// </summary>
/// <param name="host">Who is asked.</param>
/// <param name="tell">Told while the link is lost.</param>
/// <param name="time">The clock.</param>
internal sealed class PatientLink(IHost host, Action<string> tell, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5), Longest = TimeSpan.FromSeconds(10);

    /// <summary>What is asked must be safe to repeat.</summary>
    public async Task<T> AskAsync<T>(Func<Task<T>> question, CancellationToken cancellation)
    {
        DateTimeOffset? lostSince = null;
        for (TimeSpan wait = First; ; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            try
            {
                return await question();
            }
            catch (BatchScoringException e) when (e.Is(RemoteErrors.Unreachable, RemoteErrors.LinkLost, RemoteErrors.YarnUnanswered))
            {
                lostSince ??= time.GetUtcNow();
                tell($"link to {host.Settings.Name} lost since {lostSince:HH:mm:ss} UTC; trying again. {e.Message}");
            }

            // Not all at once: a server drops bursts of logins.
            await Task.Delay(wait * (0.8 + (0.4 * Random.Shared.NextDouble())), time, cancellation);
        }
    }
}
