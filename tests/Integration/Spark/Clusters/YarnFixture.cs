using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>One YARN for all tests that need it, started by the first.</summary>
public sealed class YarnFixture : IDisposable
{
    private readonly Dictionary<string, Task<StoryRun>> _stories = [];
    private Task<YarnCluster>? _cluster;

    public Task<YarnCluster> RequireAsync() => _cluster ??= YarnCluster.StartAsync();

    /// <summary>The credit card story on a version, run once: its submissions are what costs.</summary>
    internal async Task<StoryRun> StoryAsync(string version)
    {
        SparkSite site = (await RequireAsync()).Site(version);
        if (!_stories.TryGetValue(version, out Task<StoryRun>? story))
            _stories[version] = story = Task.Run(() => StoryRun.OnS3(site, importThere: version == "3.5.8"));
        return await story;
    }

    public void Dispose()
    {
        foreach (Task<StoryRun> story in _stories.Values.Where(story => story.IsCompletedSuccessfully)) story.Result.Dispose();
        if (_cluster is { IsCompletedSuccessfully: true }) _cluster.Result.Dispose();
    }
}
