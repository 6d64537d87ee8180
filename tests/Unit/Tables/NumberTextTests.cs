using System.Globalization;
using System.Text;
using BatchScoring.Tables;

namespace BatchScoring.Tests.Unit.Tables;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", 0f)]
    [InlineData("-1.5", -1.5f)]
    [InlineData("+2", 2f)]
    [InlineData(".5", 0.5f)]
    [InlineData("5.", 5f)]
    [InlineData("1e-45", float.Epsilon)]
    [InlineData("1E3", 1000f)]
    [InlineData("16777217.000000001", 16777216f)] // By way of double, as CatBoost: straight to float32 it would be 16777218.
    [InlineData("1.0000000596046448", 1f)] // "c12-text-double-rounding"
    [InlineData("3.4028236e38", float.PositiveInfinity)]
    [InlineData("-1e400", float.NegativeInfinity)]
    [InlineData("inf", float.PositiveInfinity)]
    [InlineData("-INFINITY", float.NegativeInfinity)]
    public void TryParse_Number_IsTheNearestFloat(string text, float expected)
    {
        NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float value).ShouldBeTrue();
        BitConverter.SingleToInt32Bits(value).ShouldBe(BitConverter.SingleToInt32Bits(expected));
    }

    [Theory]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("-1e-60")]
    public void TryParse_MinusZero_IsZero(string text)
    {
        NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float value).ShouldBeTrue();
        BitConverter.SingleToInt32Bits(value).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("NA")]
    [InlineData("nan")]
    [InlineData("NaN")]
    [InlineData("-NaN")]
    [InlineData("#N/A N/A")]
    [InlineData("None")]
    [InlineData("Null")]
    [InlineData("-1.#QNAN")]
    public void TryParse_MarkForMissing_IsNaN(string text)
    {
        NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float value).ShouldBeTrue();
        value.ShouldBe(float.NaN);
    }

    [Theory]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("one")]
    [InlineData("Infinity!")]
    [InlineData("+inf")]
    [InlineData("nAn")]
    [InlineData("1e")]
    [InlineData("1\0")]
    [InlineData("١")]
    public void TryParse_SomethingElse_IsRefused(string text) =>
        NumberText.TryParse(Encoding.UTF8.GetBytes(text), out float _).ShouldBeFalse();

    [Fact]
    public void TryParse_ShortestTextOfAnyFloat_ComesBackToTheSameBits()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        for (int i = 0; i < 100_000; i++)
        {
            float value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (!float.IsFinite(value) || value == 0) continue;
            NumberText.TryParse(Encoding.UTF8.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)), out float read).ShouldBeTrue();
            read.ShouldBe(value, $"seed {seed}, number {i}");
        }
    }
}
