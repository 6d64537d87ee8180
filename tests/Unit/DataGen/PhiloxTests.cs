using BatchScoring.DataGen.Random;

namespace BatchScoring.Tests.Unit.DataGen;

public sealed class PhiloxTests
{
    /// <summary>The known answers that the authors publish for philox4x32 with 10 rounds (Random123, kat_vectors).</summary>
    [Theory]
    [InlineData(0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000000u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu,
        0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u,
        0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u,
        0x24126ea1u)]
    public void Generate_PublishedCounterAndKey_GivesThePublishedAnswer(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Philox.Generate(c0, c1, c2, c3, k0, k1).ShouldBe((w0, w1, w2, w3));

    [Fact]
    public void RowStream_FilledOrAskedRowByRow_GivesTheSameWords()
    {
        var stream = new RowStream(seed: 0x1234_5678_9abc_def0, stream: 17);
        uint[] words = new uint[64];
        const long first = (1L << 36) - 32; // runs over the counter's lowest word
        stream.Fill(first, words);
        for (int i = 0; i < words.Length; i++) stream.At(first + i).ShouldBe(words[i]);
        words.Distinct().Count().ShouldBe(words.Length);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(1.0, 0.8413447461)]
    [InlineData(-1.0, 0.1586552539)]
    [InlineData(2.5, 0.9937903347)]
    [InlineData(-3.0, 0.0013498980)]
    public void NormalShare_OfZ_IsWithinItsStatedError(double z, double share) => Uniform.NormalShare(z).ShouldBe(share, 0.0003);

    [Fact]
    public void Permutation_OfAnyLength_HoldsEveryNumberOnce() =>
        new Sequence(5, 6).Permutation(777).Order().ShouldBe(Enumerable.Range(0, 777));
}
