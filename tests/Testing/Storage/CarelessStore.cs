using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>A store that ignores conditions, as some S3 look-alikes do.</summary>
public sealed class CarelessStore(IObjectStore inner) : StoreDecorator(inner)
{
    public override Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation) =>
        base.PutAsync(key, content, PutCondition.Always, cancellation);

    public override Task<StoreProbe> ProbeAsync(CancellationToken cancellation) => StoreProbes.RunAsync(this, "", cancellation);
}
