using BatchScoring.Hosting;

namespace BatchScoring.Tests.Unit.Hosting;

public sealed class SimilarTests
{
    private static readonly string[] Commands = ["score", "sample", "status", "submit", "import", "list", "evaluate", "report"];

    [Theory]
    [InlineData("scroe", "score")]
    [InlineData("Score", "score")]
    [InlineData("eval", "evaluate")]
    [InlineData("lst", "list")]
    [InlineData("reprot", "report")]
    [InlineData("import-", "import")]
    public void Hint_WordThatIsNearlyOne_NamesIt(string word, string meant) =>
        Similar.Hint(word, Commands).ShouldBe($" Did you mean '{meant}'?");

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("publish-everything")]
    [InlineData("zzzzz")]
    public void Hint_WordThatIsNearNone_SaysNothing(string word) => Similar.Hint(word, Commands).ShouldBeEmpty();

    [Fact]
    public void Hint_OptionWithoutItsDashes_NamesItWithThem() =>
        Similar.Hint("--dat", ["--date", "--root"]).ShouldBe(" Did you mean '--date'?");

    [Fact]
    public void Hint_SeveralEquallyNear_NamesThem() =>
        Similar.Hint("s3_regoin", ["s3_region", "s3_endpoint"]).ShouldBe(" Did you mean 's3_region'?");
}
