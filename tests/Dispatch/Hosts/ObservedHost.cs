using System.Collections.Concurrent;
using System.Diagnostics;
using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>Notes when a host has answered.</summary>
internal sealed class ObservedHost(IHost host, ConcurrentQueue<long> answered) : IHost
{
    public HostSettings Settings => host.Settings;

    public async Task<ShellAnswer> RunAsync(ShellScript script, TimeSpan deadline, CancellationToken cancellation)
    {
        ShellAnswer answer = await host.RunAsync(script, deadline, cancellation);
        answered.Enqueue(Stopwatch.GetTimestamp());
        return answer;
    }

    public Task SendAsync(string file, string path, long offset, Action<long> sent, CancellationToken cancellation) =>
        host.SendAsync(file, path, offset, sent, cancellation);

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
