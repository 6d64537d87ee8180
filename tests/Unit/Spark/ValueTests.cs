using System.Text;
using BatchScoring.Spark;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Tests.Unit.Spark;

public sealed class ValueTests
{
    [Theory]
    [InlineData(null, "n")]
    [InlineData(true, "btrue")]
    [InlineData(-7, "i-7")]
    [InlineData(long.MinValue, "L-9223372036854775808")]
    [InlineData(0.1, "d0.1")]
    [InlineData(-0.0, "d-0")]
    [InlineData(double.NaN, "dNaN")]
    [InlineData(double.PositiveInfinity, "dInfinity")]
    [InlineData(double.NegativeInfinity, "d-Infinity")]
    [InlineData("", "s")]
    [InlineData("a\\b\r\nc\tž🐎", "sa\\\\b\\r\\nc\tž🐎")]
    [InlineData(new byte[] { 0, 255 }, "jAP8=")]
    public void Write_EveryType_AsTheProtocolSays(object? value, string expected)
    {
        StringBuilder line = new();
        ValueWriter.Append(line, value);
        line.ToString().ShouldBe(expected);
        ValueReader.Read(expected).ShouldBe(value);
    }

    [Fact]
    public void Write_TypeWithoutForm_IsAnArgumentError() =>
        Should.Throw<ArgumentException>(() => ValueWriter.Append(new StringBuilder(), 1.5f));

    [Theory]
    [InlineData("v", null)]
    [InlineData("bfalse", false)]
    [InlineData("d1.0E10", 1e10)]
    [InlineData("d4.9E-324", double.Epsilon)]
    [InlineData("s\\x\\\\n", "x\\n")]
    public void Read_JavasForms_AreUnderstood(string text, object? expected) => ValueReader.Read(text).ShouldBe(expected);

    [Theory]
    [InlineData("ro12")]
    [InlineData("lo12")]
    [InlineData("ao12")]
    [InlineData("ho12")]
    [InlineData("to12")]
    [InlineData("go12")]
    public void Read_AnyObject_IsItsId(string text) => ValueReader.Read(text).ShouldBe(new ObjectId("o12"));

    [Theory]
    [InlineData("")]
    [InlineData("?what")]
    [InlineData("i")]
    [InlineData("i12x")]
    [InlineData("i99999999999")]
    [InlineData("L")]
    [InlineData("dpi")]
    [InlineData("bmaybe")]
    [InlineData("j???")]
    [InlineData("r")]
    [InlineData("ro")]
    [InlineData("rx1")]
    [InlineData("ro1;drop")]
    [InlineData("ro1111111111111111111111111111111111111")]
    [InlineData("send\\")]
    public void Read_Nonsense_IsATypedError(string text) =>
        Should.Throw<SparkException>(() => ValueReader.Read(text)).Code.ShouldBe(SparkCodes.Protocol);
}
