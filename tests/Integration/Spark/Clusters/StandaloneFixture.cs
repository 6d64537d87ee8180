using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>One standalone cluster per Spark version for all tests that need it, started by the first.</summary>
public sealed class StandaloneFixture : IDisposable
{
    private readonly Dictionary<string, Task<StandaloneCluster>> _clusters = [];

    public Task<StandaloneCluster> RequireAsync(string version) =>
        _clusters.TryGetValue(version, out Task<StandaloneCluster>? cluster)
            ? cluster
            : _clusters[version] = StandaloneCluster.StartAsync(version);

    public void Dispose()
    {
        foreach (Task<StandaloneCluster> cluster in _clusters.Values.Where(cluster => cluster.IsCompletedSuccessfully))
            cluster.Result.Dispose();
    }
}
