using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

public sealed class RowBitsTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x8000_0000_0000_0001UL)]
    [InlineData(0x0102_4080_FF00_A55AUL)]
    public unsafe void List_Bits_AreRowsInOrder(ulong word)
    {
        ulong[] words = [word, 0, ~word];
        PinnedBuffer<int> rows = new((words.Length * 64) + RowBits.Beyond);

        int count = RowBits.List(words, 128, rows.Start);

        rows.Span[..count].ToArray().ShouldBe(
            Enumerable.Range(0, words.Length * 64).Where(row => (words[row / 64] >> (row % 64) & 1) == 1).Select(row => row + 128));
        RowBits.Count(words).ShouldBe(count);
    }
}
