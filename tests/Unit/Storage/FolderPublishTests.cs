using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

public sealed class FolderPublishTests : PublishContract
{
    private readonly TemporaryFolder _root = new();
    private int _roots;

    public override void Dispose()
    {
        _root.Dispose();
        base.Dispose();
    }

    protected override IObjectStore NewStore() =>
        ObjectStores.Open(new StoreOptions { Root = _root.File(FormattableString.Invariant($"root-{_roots++}")) });
}
