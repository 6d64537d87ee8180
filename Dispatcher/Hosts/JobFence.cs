using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>What a host answers to a leader that another one has followed.</summary>
internal static class JobFence
{
    /// <summary>The exit code of our scripts.</summary>
    public const int Refused = 91;

    public static BatchScoringException Error(IHost host, string what, string seen, long fence) => new(RemoteErrors.JobFenced,
        $"{host.Settings.Where} refused {what}: it has seen leader {seen}, and this is {fence}. The newer one goes on.");
}
