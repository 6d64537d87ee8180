using System.Collections.Immutable;
using BatchScoring.DataGen.Columns;

namespace BatchScoring.Tests.Unit.DataGen;

public sealed class SchemaTests
{
    [Fact]
    public void Make_AnySeed_HasTheColumnsOfTheKaggleTable()
    {
        foreach (ulong seed in (ulong[])[1, 2, ulong.MaxValue])
        {
            ImmutableArray<FeatureColumn> features = SchemaMaker.Make(seed).Features;
            features.Length.ShouldBe(769);
            features[0].Name.ShouldBe("f1");
            features[^1].Name.ShouldBe("f778");
            features.Select(column => column.Name).Distinct().Count().ShouldBe(769);
            features.Select(column => column.Position).ShouldBe(Enumerable.Range(0, 769));
            features.Count(column => column.IsCategory).ShouldBe(24);
            features.Count(column => column.Kind == ColumnKind.Constant).ShouldBe(18);
            features.Count(column => column.Kind == ColumnKind.Discrete).ShouldBeInRange(290, 440, $"seed {seed}");
            features.Count(column => column.MissingGroup >= 0).ShouldBeInRange(240, 420, $"seed {seed}");
        }
    }

    [Fact]
    public void Make_SameSeedTwice_GivesTheSameColumns()
    {
        static IEnumerable<string> Print(ulong seed) => SchemaMaker.Make(seed).Features
            .Select(column => $"{column} {string.Join('|', column.Categories)} {string.Join('|', column.CategoryEnds)}");

        Print(42).ShouldBe(Print(42));
        Print(42).ShouldNotBe(Print(43));
    }
}
