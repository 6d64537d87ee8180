namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Tests on one YARN run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class YarnCollection : ICollectionFixture<YarnFixture>
{
    public const string Name = "YARN";
}
