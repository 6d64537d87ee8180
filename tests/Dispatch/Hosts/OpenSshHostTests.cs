using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Tests.Dispatch.Hosts;

public sealed class OpenSshHostTests : DetachedJobsContract, IClassFixture<SshServer>
{
    private readonly OpenSshHost _host;

    public OpenSshHostTests(SshServer server)
    {
        SshServer.Require();
        _host = new OpenSshHost(server.Settings(Folder.File("jobs"), HostTransport.OpenSsh), TimeProvider.System);
    }

    private protected override IHost Host => _host;

    public override void Dispose()
    {
        _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }
}
