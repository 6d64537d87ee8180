using System.Text;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Unit.Storage;

public sealed class KeyOrderTests
{
    [Fact]
    public void Compare_AnyTwoTexts_IsTheOrderOfTheirUtf8Bytes()
    {
        string[] alphabet = ["a", "b", "/", "-", "é", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010FFFF"];
        Random random = new(7);
        for (int i = 0; i < 10_000; i++)
        {
            string x = Next(), y = Next();
            int expected = Math.Sign(Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y)));
            Math.Sign(KeyOrder.Instance.Compare(x, y)).ShouldBe(expected, $"{x} {y}");
        }

        string Next() => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => alphabet[random.Next(alphabet.Length)]));
    }
}
