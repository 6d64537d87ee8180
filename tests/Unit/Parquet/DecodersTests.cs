using System.Text;
using BatchScoring.Parquet;

namespace BatchScoring.Tests.Unit.Parquet;

public sealed unsafe class DecodersTests
{
    [Fact]
    public void Available_AnyProcessor_EndsWithTheReference() => Decoders.Available[^1].ShouldBe("reference");

    [Fact]
    public void Check_UnknownName_ListsTheKnownOnes()
    {
        Decoders.Check(null).ShouldBeNull();
        Decoders.Check("reference").ShouldBeNull();
        string wrong = Decoders.Check("fastest").ShouldNotBeNull();
        wrong.ShouldContain("'fastest'");
        wrong.ShouldContain("reference");
        wrong.ShouldContain(Decoders.EnvironmentVariable);
    }

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Crc32_KnownTexts_KnownSums(string text, uint expected)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text + "\0");
        fixed (byte* start = bytes) Crc32.Of(start, text.Length).ShouldBe(expected);
    }
}
