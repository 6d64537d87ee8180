using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A number that comes as text.</summary>
internal sealed unsafe class TextNumberColumn(string name, int place) : ColumnLoader(name, place)
{
    public override void Load(DuckVector source, ColumnBlock block, List<CellDefect> defects)
    {
        DuckText* from = source.Pointer<DuckText>();
        float* to = (float*)from;
        for (int row = 0; row < source.Rows; row++)
        {
            float value = float.NaN;
            if (!source.IsNull(row) && !NumberText.TryParse(from[row].Utf8, out value))
                Report(defects, row, DefectCodes.NumberUnreadable, from[row].Utf8);
            to[row] = value;
        }

        block.SetNumbers(Place, to);
    }
}
