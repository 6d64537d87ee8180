using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// A category that comes as decimal numbers, as Oracle's and Hive's whole numbers do: 5.00 is the integer 5, and that is its text, as in
/// CatBoost; a fraction is a defect. Unlike a floating-point number a decimal leaves no doubt.
/// </summary>
internal sealed unsafe class DecimalCategoryColumn(string name, int place, IColumnEncoder encoder) : ColumnLoader(name, place)
{
    private readonly int[] _codes = GC.AllocateArray<int>(ColumnBlock.MaxRows, pinned: true);

    public override void Load(DuckVector source, ColumnBlock block, List<CellDefect> defects)
    {
        ReadOnlySpan<DuckText> texts = source.Values<DuckText>();
        for (int row = 0; row < texts.Length; row++)
        {
            _codes[row] = 0;
            if (source.IsNull(row))
            {
                ReportNull(defects, row);
                continue;
            }

            ReadOnlySpan<byte> text = texts[row].Utf8;
            int point = text.IndexOf((byte)'.');
            if (point >= 0 && text[(point + 1)..].ContainsAnyExcept((byte)'0')) Report(defects, row, DefectCodes.CategoryFractional, text);
            else _codes[row] = encoder.Encode(point < 0 ? text : text[..point]);
        }

        block.SetCodes(Place, (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_codes)));
    }
}
