using System.Buffers.Text;
using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.Tasks.Reading;

/// <summary>A categorical feature that comes as BIGINT: the hash of its decimal text. Categories repeat, so the last hashes are kept.</summary>
internal sealed unsafe class IntegerCategoryColumn(string name, int input) : FeatureColumn(name, input)
{
    private const int Slots = 256;
    private const int LongestNumber = 20;

    private readonly long[] _numbers = new long[Slots];
    private readonly int[] _hashes = NewHashes();

    public override void Load(DuckVector source, InputBlock block, List<CellDefect> defects)
    {
        long* from = source.Pointer<long>();
        int* to = (int*)from;
        for (int row = 0; row < source.Rows; row++)
        {
            if (source.IsNull(row))
            {
                ReportNull(defects, row);
                to[row] = 0;
            }
            else
            {
                to[row] = HashOf(from[row]);
            }
        }

        block.SetCategorical(Input, to);
    }

    private static int[] NewHashes()
    {
        int[] hashes = new int[Slots];
        hashes.AsSpan().Fill(Compute(0)); // All slots hold the number 0 at first.
        return hashes;
    }

    private int HashOf(long number)
    {
        int slot = (int)number & (Slots - 1);
        if (_numbers[slot] != number) (_numbers[slot], _hashes[slot]) = (number, Compute(number));
        return _hashes[slot];
    }

    private static int Compute(long number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, text, out int length);
        return CategoryHash.Of(text[..length]);
    }
}
