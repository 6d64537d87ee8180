using BatchScoring.Spark;

namespace BatchScoring.Tests.Unit.Spark;

public sealed class RowTextTests
{
    private static readonly SparkColumn[] Columns = [new("l", "long", true), new("s", "string", true), new("d", "double", true)];

    [Fact]
    public void Read_Cells_AsTheirTypes() =>
        RowReader.Read(Columns, "-5\ta\\tb\\nc\\\\N\t-Infinity").Values.ShouldBe([-5L, "a\tb\nc\\N", double.NegativeInfinity]);

    [Fact]
    public void Read_Nulls_AreNotTexts() => RowReader.Read(Columns, "\\N\t\\\\N\tNaN").Values.ShouldBe([null, "\\N", double.NaN]);

    [Theory]
    [InlineData("1\ta")]
    [InlineData("1\ta\t2\t3")]
    [InlineData("x\ta\t2")]
    [InlineData("1\ta\\\t2")]
    [InlineData("99999999999999999999\ta\t2")]
    public void Read_LineThatDoesNotFit_IsATypedError(string line) =>
        Should.Throw<SparkException>(() => RowReader.Read(Columns, line)).Code.ShouldBe(SparkCodes.Protocol);

    [Fact]
    public void Get_ByNameAndType_ChecksBoth()
    {
        Row row = RowReader.Read(Columns, "1\t\\N\t0.5");
        row.GetAs<long>("l").ShouldBe(1);
        row.GetAs<string?>("s").ShouldBeNull();
        row.GetAs<double>(2).ShouldBe(0.5);
        Should.Throw<InvalidCastException>(() => row.GetAs<int>("l")).Message.ShouldContain("Int64");
        Should.Throw<InvalidCastException>(() => row.GetAs<long>("s"));
        Should.Throw<ArgumentException>(() => row.Get("z")).Message.ShouldContain("l, s, d");
    }

    [Fact]
    public void Schema_DecimalsBeyondDotNet_StayText()
    {
        SparkColumn[] columns = [new("m", "decimal(38,10)", true), new("n", "decimal(28,2)", true)];
        RowReader.Read(columns, "1234567890123456789012345678.0123456789\t1.10").Values.ShouldBe(
            ["1234567890123456789012345678.0123456789", 1.10m]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"fields":[{"name":"a"}]}""")]
    public void Schema_Nonsense_IsATypedError(string json) =>
        Should.Throw<SparkException>(() => SchemaReader.Read(json)).Code.ShouldBe(SparkCodes.Protocol);
}
