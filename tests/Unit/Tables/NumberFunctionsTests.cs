using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tests.Unit.Tables;

public sealed class NumberFunctionsTests : IDisposable
{
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
    private readonly DuckConnection _connection;

    public NumberFunctionsTests()
    {
        _connection = _database.Connect();
        NumberFunctions.Register(_connection);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Theory]
    [InlineData("7", TextKind.Integer, 7f)]
    [InlineData("-999999999999999999", TextKind.Integer, -1e18f)]
    [InlineData("1000000000000000000", TextKind.Number, 1e18f)]
    [InlineData("007", TextKind.Number, 7f)]
    [InlineData("+5", TextKind.Number, 5f)]
    [InlineData("1.0000000596046448", TextKind.Number, 1f)]
    [InlineData("16777217.000000001", TextKind.Number, 16777216f)]
    [InlineData("1e300", TextKind.Number, float.PositiveInfinity)]
    [InlineData("-inf", TextKind.Number, float.NegativeInfinity)]
    [InlineData("", TextKind.Missing, null)]
    [InlineData("NA", TextKind.Missing, null)]
    [InlineData(null, TextKind.Missing, null)]
    [InlineData("1_000", TextKind.Text, null)]
    [InlineData(" 12 ", TextKind.Text, null)]
    [InlineData("nAn", TextKind.Text, null)]
    [InlineData("0x1F", TextKind.Text, null)]
    [InlineData("12,5", TextKind.Text, null)]
    [InlineData("١٢", TextKind.Text, null)]
    public void NumberKindAndFloat_OfText_AreThoseOfNumberText(string? text, TextKind kind, float? value)
    {
        using DuckResult result = _connection.Query("select number_kind(t), number_float(t) from (select cast(? as varchar) as t)", text);
        result.Rows().ShouldHaveSingleItem().ShouldBe([(sbyte)kind, value]);
    }

    [Fact]
    public void Float32_LargerThanAFloat_IsInfinite()
    {
        using DuckResult result = _connection.Query("select float32(d) from (values (1e300), (0.1), (-0.0::double), (null)) v(d)");
        result.Rows().ShouldBe([[float.PositiveInfinity], [0.1f], [-0f], [null]]);
    }
}
