using System.Diagnostics;
using System.Runtime.InteropServices;
using BatchScoring.Models;

namespace BatchScoring.Bench.Kernels;

/// <summary>Our side, in a process of its own.</summary>
internal static unsafe class OwnRates
{
    private const int Batch = 1000;
    private const int Alignment = 64;

    // About as long as the peer's: a busy machine interrupts both sides' passes equally often.
    private const int RepeatsPerPass = 5;

    public static Rate Measure(string name, string modelFile, string rowsFile, double seconds)
    {
        var model = CatBoostModel.LoadFile(modelFile);
        float[] rows = RowsFile.Read(rowsFile);
        return name == "kernel" ? MeasureBlocks(model, rows, seconds) : MeasureRows(model, rows, seconds);
    }

    /// <summary>Columns in memory, 61 MB, so that they are cold when their turn comes again; batches as the peer's.</summary>
    private static Rate MeasureBlocks(CatBoostModel model, float[] rows, double seconds)
    {
        IBlockScorer scorer = Evaluators.Create(model);
        int count = rows.Length / RowsFile.Features;
        int stride = (count + InputBlock.Padding + Alignment - 1) / Alignment * Alignment;
        float* columns = (float*)NativeMemory.AlignedAlloc((nuint)scorer.Inputs.Count * (nuint)stride * sizeof(float), Alignment);
        for (int column = 0; column < scorer.Inputs.Count; column++)
            for (int row = 0; row < count; row++)
                columns[((long)column * stride) + row] = rows[(row * RowsFile.Features) + model.Inputs[column].Position];

        var block = new InputBlock(scorer.Inputs.Count);
        double[] raw = new double[Batch];
        return Repeat(count, seconds, EvaluatorName(), () =>
        {
            double sum = 0.0;
            for (int first = 0; first < count; first += Batch)
            {
                block.Reset(Math.Min(Batch, count - first));
                for (int column = 0; column < block.ColumnCount; column++)
                    block.SetNumeric(column, columns + ((long)column * stride) + first);
                scorer.Score(block, raw);
                for (int row = 0; row < block.Rows; row++) sum += raw[row];
            }

            return sum;
        });
    }

    private static Rate MeasureRows(CatBoostModel model, float[] rows, double seconds)
    {
        var scorer = new RowScorer(model);
        float[][] inputs = new float[rows.Length / RowsFile.Features][];
        for (int row = 0; row < inputs.Length; row++)
        {
            inputs[row] = new float[scorer.NumericCount];
            for (int column = 0; column < inputs[row].Length; column++)
                inputs[row][column] = rows[(row * RowsFile.Features) + model.Inputs[column].Position];
        }

        double[] raw = new double[1];
        return Repeat(inputs.Length, seconds, "RowScorer", () =>
        {
            double sum = 0.0;
            foreach (float[] row in inputs)
            {
                scorer.Score(row, [], raw);
                sum += raw[0];
            }

            return sum;
        });
    }

    private static Rate Repeat(int rows, double seconds, string evaluator, Func<double> pass)
    {
        var rates = new List<double>();
        double sum = 0.0;
        long start = Stopwatch.GetTimestamp();
        do
        {
            long started = Stopwatch.GetTimestamp();
            for (int i = 0; i < RepeatsPerPass; i++) sum = pass();
            rates.Add(rows * (double)RepeatsPerPass / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        rates.Sort();
        return new(rates[rates.Count / 2], sum, evaluator);
    }

    private static string EvaluatorName() =>
        Environment.GetEnvironmentVariable(Evaluators.EnvironmentVariable) is { Length: > 0 } forced ? forced : Evaluators.Available[0];
}
