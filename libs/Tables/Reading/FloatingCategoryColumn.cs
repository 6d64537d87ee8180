using System.Globalization;
using System.Text;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A category that comes as floating-point numbers: every cell is a defect, as in CatBoost.</summary>
internal sealed unsafe class FloatingCategoryColumn(string name, int place) : ColumnLoader(name, place)
{
    public override void Load(DuckVector source, ColumnBlock block, List<CellDefect> defects)
    {
        double* from = source.Pointer<double>();
        for (int row = 0; row < source.Rows; row++)
        {
            double value = from[row];
            if (source.IsNull(row) || double.IsNaN(value)) ReportNull(defects, row);
            else
            {
                string code = double.IsInteger(value) ? DefectCodes.CategoryFloating : DefectCodes.CategoryFractional;
                Report(defects, row, code, Encoding.UTF8.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)));
            }
        }

        int* to = (int*)from;
        new Span<int>(to, source.Rows).Clear();
        block.SetCodes(Place, to);
    }
}
