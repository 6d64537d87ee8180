namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Tests on the standalone clusters run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class StandaloneCollection : ICollectionFixture<StandaloneFixture>
{
    public const string Name = "standalone";
}
