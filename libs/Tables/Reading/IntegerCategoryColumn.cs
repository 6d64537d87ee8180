using System.Buffers.Text;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A category that comes as BIGINT: the code of its decimal text. Categories repeat, so the last codes are kept.</summary>
internal sealed unsafe class IntegerCategoryColumn(string name, int place, IColumnEncoder encoder) : ColumnLoader(name, place)
{
    private const int Slots = 256;
    private const int LongestNumber = 20;

    private readonly long[] _numbers = new long[Slots];
    private readonly int[] _codes = NewCodes(encoder);

    public override void Load(DuckVector source, ColumnBlock block, List<CellDefect> defects)
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
                to[row] = CodeOf(from[row]);
            }
        }

        block.SetCodes(Place, to);
    }

    private static int[] NewCodes(IColumnEncoder encoder)
    {
        int[] codes = new int[Slots];
        codes.AsSpan().Fill(Compute(encoder, 0)); // All slots hold the number 0 at first.
        return codes;
    }

    private int CodeOf(long number)
    {
        int slot = (int)number & (Slots - 1);
        if (_numbers[slot] != number) (_numbers[slot], _codes[slot]) = (number, Compute(encoder, number));
        return _codes[slot];
    }

    private static int Compute(IColumnEncoder encoder, long number)
    {
        Span<byte> text = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(number, text, out int length);
        return encoder.Encode(text[..length]);
    }
}
