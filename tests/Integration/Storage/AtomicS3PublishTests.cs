using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>The publish contract on the tests' own atomic store.</summary>
public sealed class AtomicS3PublishTests : PublishContract
{
    private readonly AtomicS3 _server = new();
    private int _roots;

    public override void Dispose()
    {
        _server.Dispose();
        base.Dispose();
    }

    protected override IObjectStore NewStore() =>
        new S3Store(_server.Options(FormattableString.Invariant($"root-{_roots++}")), S3Server.Credentials);
}
