using System.Globalization;
using System.Text;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tests.Properties.Tables;

/// <summary>Our way to write a double gives .NET's text, which is the shortest that reads back.</summary>
public sealed class ShortestTextProperties
{
    private const int Seed = 20261128;
    private const int Count = 200_000;

    private readonly byte[] _buffer = new byte[ShortestText.MaxLength];

    [Fact]
    public void Write_AnyDouble_IsAsDotNetWritesIt()
    {
        var random = new Random(Seed);
        for (int i = 0; i < Count; i++)
        {
            Check(BitConverter.Int64BitsToDouble(random.NextInt64()));
            Check(random.NextDouble() * Math.Pow(10, random.Next(-6, 17)));
            Check(-Math.Log(random.NextDouble()) * random.NextDouble());
            Check(random.NextSingle());
            Check(random.NextInt64(1L << 52));
            Check(Math.Round(random.NextDouble() * 1000, random.Next(0, 8)));
            Check(random.Next(1, 1 << 20) / (double)(1 << random.Next(0, 30)));
        }
    }

    /// <summary>Where the neighbour below is half as far as the one above, and beside it.</summary>
    [Fact]
    public void Write_PowersOfTwoAndOfTenAndTheirNeighbours_AreAsDotNetWritesThem()
    {
        foreach (double power in Enumerable.Range(-80, 160).SelectMany(i => new[] { Math.Pow(2, i), Math.Pow(10, i / 4) }))
        {
            Check(power);
            Check(-Math.BitIncrement(power));
            Check(Math.BitDecrement(power));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    [InlineData(999_999_999_999_999.9)]
    public void Write_NumbersApart_AreAsDotNetWritesThem(double value) => Check(value);

    private void Check(double value) => Encoding.ASCII.GetString(_buffer, 0, ShortestText.Write(value, _buffer))
        .ShouldBe(value.ToString(CultureInfo.InvariantCulture), $"bits {BitConverter.DoubleToInt64Bits(value):X16}");
}
