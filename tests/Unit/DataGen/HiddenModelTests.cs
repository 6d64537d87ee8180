using System.Runtime.InteropServices;
using System.Security.Cryptography;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Labels;
using BatchScoring.Models;

namespace BatchScoring.Tests.Unit.DataGen;

public sealed class HiddenModelTests
{
    /// <summary>Pins the labels of seed 1 as <see cref="BlockMakerTests"/> pins its cells: they follow from these numbers.</summary>
    [Fact]
    public void Make_SeedOne_GivesTheModelThatItAlwaysWas()
    {
        CatBoostModel model = HiddenModelMaker.Make(SchemaMaker.Make(1)).Model;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(model.LeafValues.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(model.Bias.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(model.Symmetric!.Splits.AsSpan()));
        foreach (FloatFeature feature in model.FloatFeatures) hash.AppendData(MemoryMarshal.AsBytes(feature.Borders.AsSpan()));
        Convert.ToHexStringLower(hash.GetHashAndReset()).ShouldBe("e4a77ecc79ef044c0129c0383062006ee71e899db267c1d60c1b9a51ae56f9b9");
    }

    [Fact]
    public void Make_AnySeed_ReadsNumbersAndCategoriesAndNothingConstant()
    {
        TableSchema schema = SchemaMaker.Make(12);
        HiddenModel hidden = HiddenModelMaker.Make(schema);
        hidden.Columns.Count(column => column.IsCategory).ShouldBe(10);
        hidden.Columns.Count(column => column.Kind is ColumnKind.Discrete or ColumnKind.Continuous).ShouldBe(64);
        hidden.Model.Inputs.Select(input => input.Name).ShouldBeSubsetOf(hidden.Columns.Select(column => column.Name));
        hidden.Model.FloatFeatures.Length.ShouldBe(769 - 24);
        hidden.Model.CategoricalFeatures.Length.ShouldBe(24);
    }
}
