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
    [InlineData("7", NumberFunctions.Integer, 7f)]
    [InlineData("-999999999999999999", NumberFunctions.Integer, -1e18f)]
    [InlineData("1000000000000000000", NumberFunctions.Number, 1e18f)]
    [InlineData("007", NumberFunctions.Number, 7f)]
    [InlineData("+5", NumberFunctions.Number, 5f)]
    [InlineData("1.0000000596046448", NumberFunctions.Number, 1f)]
    [InlineData("16777217.000000001", NumberFunctions.Number, 16777216f)]
    [InlineData("1e300", NumberFunctions.Number, float.PositiveInfinity)]
    [InlineData("-inf", NumberFunctions.Number, float.NegativeInfinity)]
    [InlineData("", NumberFunctions.Missing, null)]
    [InlineData("NA", NumberFunctions.Missing, null)]
    [InlineData(null, NumberFunctions.Missing, null)]
    [InlineData("1_000", NumberFunctions.Text, null)]
    [InlineData(" 12 ", NumberFunctions.Text, null)]
    [InlineData("nAn", NumberFunctions.Text, null)]
    [InlineData("0x1F", NumberFunctions.Text, null)]
    [InlineData("12,5", NumberFunctions.Text, null)]
    [InlineData("١٢", NumberFunctions.Text, null)]
    public void NumberKindAndFloat_OfText_AreThoseOfNumberText(string? text, int kind, float? value)
    {
        using DuckResult result = _connection.Query("select number_kind(t), number_float(t) from (select cast(? as varchar) as t)", text);
        result.Rows().ShouldHaveSingleItem().ShouldBe([(sbyte)kind, value]);
    }

    [Fact]
    public void NumberDouble_LargerThanAFloat_KeepsItsValue()
    {
        using DuckResult result = _connection.Query(
            "select number_double(t), float32(number_double(t)), number_bigint(t) from (values ('1e300'), ('0.1'), ('-0'), ('12')) v(t)");
        result.Rows().ShouldBe([[1e300, float.PositiveInfinity, null], [0.1, 0.1f, null], [0.0, 0f, null], [12.0, 12f, 12L]]);
    }
}
