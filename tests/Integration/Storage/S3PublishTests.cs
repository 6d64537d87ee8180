using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>The publish contract on an S3 server that nobody here wrote.</summary>
public sealed class S3PublishTests : PublishContract
{
    protected override IObjectStore NewStore() => ObjectStores.Open(S3Server.Require().NewRoot(), S3Server.Credentials);
}
