using System.Globalization;
using System.Text;
using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.Tasks.Reading;

/// <summary>A categorical feature that comes as floating-point numbers: every cell is a defect, as in CatBoost.</summary>
internal sealed unsafe class FloatingCategoryColumn(string name, int input) : FeatureColumn(name, input)
{
    public override void Load(DuckVector source, InputBlock block, List<CellDefect> defects)
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
        block.SetCategorical(Input, to);
    }
}
