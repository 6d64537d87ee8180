using System.Globalization;
using System.Text;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Unit.Tables;

/// <summary>Decimals as Oracle's, Hive's and Spark's tables have them: numbers by way of double, categories by their exact text.</summary>
public sealed class DecimalTests : IDisposable
{
    private const int Rows = 5000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(7, 2)]
    [InlineData(9, 0)]
    [InlineData(14, 2)]
    [InlineData(15, 15)]
    [InlineData(16, 4)]
    [InlineData(18, 9)]
    public void Read_DecimalsAsNumbers_AreRoundedToDoubleAndThenToFloat(int precision, int scale)
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        long most = (long)Math.Pow(10, precision) - 1;
        long?[] unscaled = [.. Enumerable.Range(0, Rows).Select(i => i % 50 == 7 ? (long?)null : random.NextInt64(-most, most + 1))];
        string path = Write(TestColumn.Decimals("x", precision, scale, unscaled) with { RowsPerPage = 700 });

        foreach (ReaderChoice choice in new[] { ReaderChoice.Auto, ReaderChoice.DuckDb })
        {
            List<uint> read = ReadRows.Of(Request(path, ColumnKind.Number), choice).Columns[0];
            for (int row = 0; row < Rows; row++)
            {
                float expected =
                    unscaled[row] is { } value ? (float)double.Parse(Text(value, scale), CultureInfo.InvariantCulture) : float.NaN;
                read[row].ShouldBe(BitConverter.SingleToUInt32Bits(expected), $"{unscaled[row]} / 10^{scale} by {choice}, seed {seed}");
            }
        }
    }

    [Theory]
    [InlineData(9, 2, 500, "5")]
    [InlineData(9, 0, -7, "-7")]
    [InlineData(18, 10, 120_000_000_000, "12")]
    [InlineData(18, 0, 900_719_925_474_099_301, "900719925474099301")] // a double would change the last digits
    [InlineData(18, 2, 0, "0")]
    public void Read_WholeDecimalsAsCategories_AreTheIntegersText(int precision, int scale, long unscaled, string expected)
    {
        string path = Write(TestColumn.Decimals("x", precision, scale, [unscaled]));

        var read = ReadRows.Of(Request(path, ColumnKind.Category), ReaderChoice.Auto);

        read.Defects.ShouldBeEmpty();
        ((int)read.Columns[0][0]).ShouldBe(CategoryHash.Of(Encoding.UTF8.GetBytes(expected)));
    }

    [Theory]
    [InlineData(9, 2, 501, "5.01")]
    [InlineData(18, 10, 1, "0.0000000001")]
    [InlineData(4, 1, -15, "-1.5")]
    public void Read_FractionalDecimalsAsCategories_AreDefects(int precision, int scale, long unscaled, string shown)
    {
        string path = Write(TestColumn.Decimals("x", precision, scale, [unscaled]));

        ReadRows.Of(Request(path, ColumnKind.Category), ReaderChoice.Auto).Defects
            .ShouldBe([new CellDefect(0, "x", DefectCodes.CategoryFractional, shown)]);
    }

    private static SplitReadRequest Request(string path, ColumnKind kind) =>
        new() { Path = path, Columns = [new ColumnRequest("x", kind, new CategoryCodes(CategoryHash.Encoder))] };

    private static string Text(long unscaled, int scale)
    {
        string digits = Math.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled < 0 ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}0";
    }

    private string Write(TestColumn column)
    {
        File.WriteAllBytes(_folder.File("decimals.parquet"), TestParquet.Write(2000, column));
        return _folder.File("decimals.parquet");
    }
}
