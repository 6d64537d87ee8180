using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Rows;

namespace BatchScoring.Tests.Unit.DataGen;

public sealed class BlockMakerTests
{
    [Fact]
    public void Numbers_OfARow_DoNotDependOnTheBlockThatItIsMadeIn()
    {
        TableSchema schema = SchemaMaker.Make(3);
        BlockMaker one = new(schema), other = new(schema);
        double[] early = new double[BlockMaker.MaxRows], late = new double[BlockMaker.MaxRows];
        one.Start(100_000, 512);
        other.Start(100_000 + 256, 1000);
        foreach (FeatureColumn? column in schema.Features.Where(column => !column.IsCategory))
        {
            one.Numbers(column, early);
            other.Numbers(column, late);
            late.AsSpan(0, 256).SequenceEqual(early.AsSpan(256, 256)).ShouldBeTrue(column.Name);
        }
    }

    /// <summary>
    /// Pins what a seed means, down to the bits: on another processor, operating system or .NET the same cells must come out. When this
    /// changes on purpose, tables that people made before can no longer be made again: say so in docs/user/datagen.md.
    /// </summary>
    [Fact]
    public void Cells_OfSeedOne_AreTheCellsThatTheyAlwaysWere()
    {
        TableSchema schema = SchemaMaker.Make(1);
        var maker = new BlockMaker(schema);
        maker.Start(0, 256);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        double[] numbers = new double[BlockMaker.MaxRows];
        int[] codes = new int[BlockMaker.MaxRows];
        byte[] bytes = new byte[8];
        foreach (FeatureColumn column in schema.Features)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{column.Name} {column.SqlType}\n")));
            if (column.IsCategory) maker.Codes(column, codes);
            else maker.Numbers(column, numbers);
            for (int row = 0; row < maker.Rows; row++)
            {
                if (column.IsCategory) hash.AppendData(Encoding.UTF8.GetBytes(column.Categories[codes[row]]));
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes, double.IsNaN(numbers[row]) ? double.NaN : numbers[row]);
                    hash.AppendData(bytes);
                }
            }
        }

        Convert.ToHexStringLower(hash.GetHashAndReset()).ShouldBe("5d8d98609996d6bbeb2d9e1ab5a272cdf223d5b298323bbf90684e422cfec48d");
    }
}
