using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class ArgumentWordTests
{
    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("score", "--date", "2026-11-21")]
    [InlineData("{{JAVA_HOME}}", "}}", "{{", "{\"a\": [1, \"b\"]}", "$HOME `id` $(id)", "a 'quoted' \"word\"", "back\\slash\n\ttab")]
    [InlineData("žluťoučký kůň", "Привет", "🐎", "ÿ>?~")]
    [InlineData("arguments:eyJhIjoxfQ", "-", "--")]
    public void Unpack_OfWhatWasPacked_IsTheSame(params string[] arguments)
    {
        string word = ArgumentWord.Pack(arguments);

        word.ShouldMatch("^[A-Za-z0-9:_-]+$");
        ArgumentWord.Unpack([word]).ShouldBe(arguments);
    }

    [Theory]
    [InlineData("score", "--date", "2026-11-21")]
    [InlineData("arguments:", "more")]
    [InlineData("arguments:!")]
    [InlineData("arguments:bm90IGpzb24")]
    [InlineData("arguments:eyJhIjoxfQ")]
    [InlineData]
    public void Unpack_OfWhatWasNotPacked_StaysAsItIs(params string[] arguments) => ArgumentWord.Unpack(arguments).ShouldBe(arguments);
}
