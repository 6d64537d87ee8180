using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A category that comes as text: one call of the encoder for all rows of a block.</summary>
internal sealed unsafe class TextCategoryColumn(string name, int place, IColumnEncoder encoder) : ColumnLoader(name, place)
{
    private readonly int[] _codes = GC.AllocateArray<int>(ColumnBlock.MaxRows, pinned: true);

    public override void Load(DuckVector source, ColumnBlock block, List<CellDefect> defects)
    {
        encoder.Encode(new CategoryTexts(source), _codes.AsSpan(0, source.Rows));
        if (!source.Validity.IsEmpty)
        {
            for (int row = 0; row < source.Rows; row++)
            {
                if (!source.IsNull(row)) continue;
                ReportNull(defects, row);
                _codes[row] = 0;
            }
        }

        block.SetCodes(Place, (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_codes)));
    }
}
