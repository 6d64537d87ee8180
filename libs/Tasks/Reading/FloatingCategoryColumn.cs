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
        var from = source.Pointer<double>();
        for (var row = 0; row < source.Rows; row++)
        {
            var value = from[row];
            if (source.IsNull(row) || double.IsNaN(value)) ReportNull(defects, row);
            else
            {
                var code = double.IsInteger(value) ? DefectCodes.CategoryFloating : DefectCodes.CategoryFractional;
                Report(defects, row, code, Encoding.UTF8.GetBytes(value.ToString("R", CultureInfo.InvariantCulture)));
            }
        }

        var to = (int*)from;
        new Span<int>(to, source.Rows).Clear();
        block.SetCategorical(Input, to);
    }
}
