using BatchScoring.DuckDb;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed class DuckSqlTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("it's \"quoted\"; drop table t; --")]
    [InlineData("back\\slash $1 ? ${x}")]
    [InlineData("select")]
    [InlineData("Größe €")]
    public void IdentifierAndLiteral_AnyText_ComeBackUnchanged(string text)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query($"select {DuckSql.Literal(text)} as {DuckSql.Identifier(text)}");
        result.Columns[0].Name.ShouldBe(text);
        result.Scalar<string>().ShouldBe(text);
    }

    [Fact]
    public void Literal_WithNul_IsRefused() => Should.Throw<ArgumentException>(() => DuckSql.Literal("a\0b"));
}
