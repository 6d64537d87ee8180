using System.Globalization;
using System.Runtime.InteropServices;
using BatchScoring.Statistics;

namespace BatchScoring.Bench.Training;

/// <summary>LightGBM with as many bins and leaves as our trees have.</summary>
internal static unsafe class TheirSide
{
    private const int Leaves = 64;

    public static Measured Train(Shape shape, string repository, int threads)
    {
        (Rows learn, Rows test) = Rows.Of(shape, repository);
        float* rows = RowMajor(learn);
        string parameters = string.Create(CultureInfo.InvariantCulture,
            $"objective=binary num_leaves={Leaves} max_bin={shape.Borders + 1} num_threads={threads} verbosity=-1 seed=0 learning_rate=0.04");
        return Measured.Run(() =>
        {
            LightGbm.Check(LightGbm.CreateDataset(
                rows, LightGbm.Float32, learn.Labels.Length, learn.Columns.Length, 1, parameters, 0, out nint dataset));
            LightGbm.Check(LightGbm.SetField(dataset, "label", learn.Labels, learn.Labels.Length, LightGbm.Float32));
            LightGbm.Check(LightGbm.CreateBooster(dataset, parameters, out nint booster));
            for (int tree = 0; tree < shape.Trees; tree++) LightGbm.Check(LightGbm.AddTree(booster, out _));
            return () => Auc(booster, test);
        });
    }

    private static double Auc(nint booster, Rows test)
    {
        double[] raw = new double[test.Labels.Length];
        LightGbm.Check(LightGbm.Predict(booster, RowMajor(test), LightGbm.Float32, raw.Length, test.Columns.Length, 1, LightGbm.RawScore,
            0, -1, "", out _, raw));
        return Discrimination.Auc(RankedScores.Create(raw, [.. test.Labels.Select(label => (byte)label)]));
    }

    /// <summary>As LightGBM likes them. The process ends soon: nothing is freed.</summary>
    private static float* RowMajor(Rows rows)
    {
        int width = rows.Columns.Length;
        float* cells = (float*)NativeMemory.Alloc((nuint)rows.Labels.Length * (nuint)width * sizeof(float));
        for (int column = 0; column < width; column++)
            for (int row = 0; row < rows.Labels.Length; row++) cells[((long)row * width) + column] = rows.Columns[column][row];
        return cells;
    }
}
