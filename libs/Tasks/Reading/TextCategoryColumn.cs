using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.Tasks.Reading;

/// <summary>A categorical feature that comes as text. Hashing costs no more than looking a text up, so nothing is remembered.</summary>
internal sealed unsafe class TextCategoryColumn(string name, int input) : FeatureColumn(name, input)
{
    public override void Load(DuckVector source, InputBlock block, List<CellDefect> defects)
    {
        DuckText* from = source.Pointer<DuckText>();
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
                to[row] = CategoryHash.Of(from[row].Utf8);
            }
        }

        block.SetCategorical(Input, to);
    }
}
