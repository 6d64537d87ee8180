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

    public static Measured Train(Shape shape, string repository, int? threads = null)
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
            CatBoostModel model = CatBoostTrainer.Train(table, parameters, threads is null ? null : new TrainingRun { Threads = threads }).Model;
            return () => Auc(model, test);
        });
    }

    /// <summary>A training's tree, without its start.</summary>
    /// <returns>Processor seconds of the median tree, and the memory of the training.</returns>
    public static Measured Tree(int rows, int columns, int trees)
    {
        Rows learn = Rows.Made(rows, columns).Learn;
        LearnTable table = new([.. Columns(learn, Shape.Of("million"))], learn.Labels);
        TrainingParameters parameters = new()
        {
            Iterations = trees + 1, // the first is not told from the start
            LearningRate = 0.04f,
            LeafEstimationIterations = 10, // else few trees on few columns take one step each
            Quantisation = new ColumnQuantisation { BorderCount = 64 },
        };
        List<double> ends = [];
        var all = Measured.Run(() =>
        {
            CatBoostTrainer.Train(table, parameters, new TrainingRun
            {
                Progress = _ => ends.Add(Environment.CpuUsage.TotalTime.TotalSeconds),
            });
            return () => 0;
        });
        return all with { Cpu = ends.Zip(ends.Skip(1), (before, end) => end - before).Order().ElementAt(trees / 2) };
    }

    private static IEnumerable<LearnColumn> Columns(Rows rows, Shape shape) => rows.Columns.Select((values, column) =>
        (LearnColumn)(shape.HasCategories && column >= FirstCategory
            ? new CategoryColumn(rows.Names[column], [.. values.Select(Hash)])
            : new NumericColumn(rows.Names[column], values)));

    private static int Hash(float code) => CategoryHash.Of(Encoding.UTF8.GetBytes(code.ToString(CultureInfo.InvariantCulture)));

    private static double Auc(CatBoostModel model, Rows test)
    {
        RowScorer scorer = new(model);
        float[][] numbers = Used(ModelInputKind.Numeric), categories = Used(ModelInputKind.Categorical);
        double[] raw = new double[test.Labels.Length];
        for (int row = 0; row < raw.Length; row++)
            scorer.Score([.. numbers.Select(cells => cells[row])], [.. categories.Select(cells => Hash(cells[row]))], raw.AsSpan(row, 1));
        return Discrimination.Auc(RankedScores.Create(raw, [.. test.Labels.Select(label => (byte)label)]));

        float[][] Used(ModelInputKind kind) =>
            [.. scorer.Inputs.Where(input => input.Kind == kind).Select(input => test.Columns[input.Position])];
    }
}
