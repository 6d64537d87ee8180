using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Jobs by submit on a standalone cluster; the driver runs beside submit.</summary>
[Collection(StandaloneCollection.Name)]
public sealed class StandaloneStoryTests(StandaloneFixture clusters)
{
    public static TheoryData<string> Versions { get; } = [.. SparkLauncher.Versions];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Story_OnAFolder_IsTheEmbeddedOne(string version) =>
        FolderStory.ShouldBeTheEmbeddedOne((await clusters.RequireAsync(version)).Site);
}
