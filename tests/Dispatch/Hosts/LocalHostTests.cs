using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Tests.Dispatch.Hosts;

public sealed class LocalHostTests : DetachedJobsContract
{
    private readonly LocalHost _host;

    public LocalHostTests() => _host = new LocalHost(HostSettings.Local(Folder.File("jobs")), TimeProvider.System);

    private protected override IHost Host => _host;
}
