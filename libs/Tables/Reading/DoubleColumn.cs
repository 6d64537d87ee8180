using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A number that comes as DOUBLE: rounded to the nearest float; what is too large becomes infinite, as in CatBoost (DuckDB's
/// own cast would fail).</summary>
internal sealed unsafe class DoubleColumn(string name, int place) : ColumnLoader(name, place)
{
    public override void Load(DuckVector source, ColumnBlock block, List<CellDefect> defects)
    {
        double* from = source.Pointer<double>();
        float* to = (float*)from;
        for (int row = 0; row < source.Rows; row++) to[row] = (float)from[row];
        FloatColumn.FillNulls(to, source.Validity);
        block.SetNumbers(Place, to);
    }
}
