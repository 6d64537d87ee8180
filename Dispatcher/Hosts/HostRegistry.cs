using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>The hosts of the configuration, by name; each is connected to when it is first needed, and by one connection.</summary>
internal sealed class HostRegistry : IAsyncDisposable
{
    /// <summary>The name of this machine, which is always one of the hosts.</summary>
    public const string Here = "local";

    private readonly Dictionary<string, IHost> _hosts;

    /// <param name="hosts">All of them, this machine among them; they are this one's from now on.</param>
    public HostRegistry(IEnumerable<IHost> hosts) => _hosts = hosts.ToDictionary(host => host.Settings.Name, StringComparer.Ordinal);

    /// <exception cref="BatchScoringException"><c>REMOTE_HOST_INVALID</c></exception>
    public static IHost Create(HostSettings settings, TimeProvider time)
    {
        settings.Check();
        return settings.Transport switch
        {
            HostTransport.Local => new LocalHost(settings, time),
            HostTransport.SshNet => new SshNetHost(settings, time),
            _ => new OpenSshHost(settings, time),
        };
    }

    public IHost Of(string name) => _hosts.TryGetValue(name, out IHost? host)
        ? host
        : throw new BatchScoringException(
            RemoteErrors.HostInvalid, $"There is no host '{name}' in the configuration.{Similar.Hint(name, _hosts.Keys)}");

    public async ValueTask DisposeAsync()
    {
        foreach (IHost host in _hosts.Values) await host.DisposeAsync();
    }
}
