using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>The store contract on the tests' own atomic store, whose listings turn a page every three objects.</summary>
public sealed class AtomicS3StoreTests : StoreContract
{
    private readonly AtomicS3 _server = new();

    protected override IObjectStore Store => field ??= new S3Store(_server.Options("root"), S3Server.Credentials);

    public override void Dispose()
    {
        Store.Dispose();
        _server.Dispose();
        base.Dispose();
    }
}
