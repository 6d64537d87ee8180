using System.Globalization;
using System.Text;
using BatchScoring.Models;
using BatchScoring.Statistics;
using BatchScoring.Training;

namespace BatchScoring.Bench.Training;

/// <summary>Our trainer with CatBoost's defaults.</summary>
internal static class OurSide
{
    /// <summary>CatBoost's records were made with two threads.</summary>
    private const int LossBlocks = 2;

    private const int FirstCategory = 14;

    public static Measured Train(Shape shape, string repository)
    {
        (Rows learn, Rows test) = Rows.Of(shape, repository);
        LearnTable table = new([.. Columns(learn, shape)], learn.Labels);
        TrainingParameters parameters = new()
        {
            Iterations = shape.Trees,
            LossBlocks = LossBlocks,
            Quantisation = new ColumnQuantisation { BorderCount = shape.Borders },
        };
        return Measured.Run(() =>
        {
            CatBoostModel model = CatBoostTrainer.Train(table, parameters);
            return () => Auc(model, [.. Columns(test, shape)], test.Labels);
        });
    }

    private static IEnumerable<LearnColumn> Columns(Rows rows, Shape shape) => rows.Columns.Select((values, column) =>
        (LearnColumn)(shape.HasCategories && column >= FirstCategory
            ? new CategoryColumn(rows.Names[column], [.. values.Select(Hash)])
            : new NumericColumn(rows.Names[column], values)));

    private static int Hash(float code) => CategoryHash.Of(Encoding.UTF8.GetBytes(code.ToString(CultureInfo.InvariantCulture)));

    private static double Auc(CatBoostModel model, LearnColumn[] columns, float[] labels)
    {
        RowScorer scorer = new(model);
        float[][] numbers = [.. scorer.Inputs.Where(input => input.Kind == ModelInputKind.Numeric)
            .Select(input => ((NumericColumn)columns[input.Position]).Values)];
        int[][] categories = [.. scorer.Inputs.Where(input => input.Kind == ModelInputKind.Categorical)
            .Select(input => ((CategoryColumn)columns[input.Position]).Hashes)];
        double[] raw = new double[labels.Length];
        for (int row = 0; row < raw.Length; row++)
            scorer.Score([.. numbers.Select(values => values[row])], [.. categories.Select(codes => codes[row])], raw.AsSpan(row, 1));
        return Discrimination.Auc(RankedScores.Create(raw, [.. labels.Select(label => (byte)label)]));
    }
}
