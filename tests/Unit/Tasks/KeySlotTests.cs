using BatchScoring.Tasks;

namespace BatchScoring.Tests.Unit.Tasks;

public sealed class KeySlotTests
{
    // Reference: Python, int.from_bytes(hashlib.sha256(salt + b"\0" + key).digest()[:8], "big") * k >> 64.
    [Theory]
    [InlineData("pool", "1", 10, 8)]
    [InlineData("pool", "42", 10, 5)]
    [InlineData("pool", "-7", 1_000_000, 940730)]
    [InlineData("Übung", "schlüssel", 365, 47)]
    [InlineData("", "", 7, 3)]
    public void Of_MatchesTheDefinition(string salt, string key, int slots, int expected) =>
        new KeySlot(salt, slots).Of(System.Text.Encoding.UTF8.GetBytes(key)).ShouldBe(expected);

    [Fact]
    public void Of_LongKeyAfterShortOne_IsNotMixedWithIt()
    {
        KeySlot slots = new("salt", 1_000_000);
        byte[] text = new byte[1000];
        int alone = new KeySlot("salt", 1_000_000).Of(text);
        slots.Of("x"u8);
        slots.Of(text).ShouldBe(alone);
    }
}
