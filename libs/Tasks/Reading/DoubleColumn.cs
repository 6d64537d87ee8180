using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.Tasks.Reading;

/// <summary>A numeric feature that comes as DOUBLE: rounded to the nearest float; what is too large becomes infinite, as in CatBoost (DuckDB's
/// own cast would fail).</summary>
internal sealed unsafe class DoubleColumn(string name, int input) : FeatureColumn(name, input)
{
    public override void Load(DuckVector source, InputBlock block, List<CellDefect> defects)
    {
        double* from = source.Pointer<double>();
        float* to = (float*)from;
        for (int row = 0; row < source.Rows; row++) to[row] = (float)from[row];
        FloatColumn.FillNulls(to, source.Validity);
        block.SetNumeric(Input, to);
    }
}
