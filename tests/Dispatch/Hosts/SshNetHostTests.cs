using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Tests.Dispatch.Hosts;

public sealed class SshNetHostTests : DetachedJobsContract, IClassFixture<SshServer>
{
    private readonly SshNetHost _host;

    public SshNetHostTests(SshServer server)
    {
        SshServer.Require();
        _host = new SshNetHost(server.Settings(Folder.File("jobs"), HostTransport.SshNet), TimeProvider.System);
    }

    private protected override IHost Host => _host;

    public override void Dispose()
    {
        _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }
}
