using BatchScoring.Models;

namespace BatchScoring.Tests.Testing.Models;

/// <summary>Rows for a model, column by column, in buffers that stay in place and are padded as blocks must be.</summary>
public sealed class ModelTable
{
    private readonly float[][] _numeric;
    private readonly int[][] _categorical;

    public ModelTable(IReadOnlyList<ModelInput> inputs, int rows)
    {
        Inputs = inputs;
        Rows = rows;
        int length = rows + InputBlock.Padding;
        _numeric = [.. inputs.Select(input => Buffer<float>(input.Kind == ModelInputKind.Numeric ? length : 0))];
        _categorical = [.. inputs.Select(input => Buffer<int>(input.Kind == ModelInputKind.Categorical ? length : 0))];
    }

    public IReadOnlyList<ModelInput> Inputs { get; }

    public int Rows { get; }

    public Span<float> Numeric(int column) => _numeric[column].AsSpan(0, Rows);

    public Span<int> Categorical(int column) => _categorical[column].AsSpan(0, Rows);

    /// <summary>Scores the rows in blocks.</summary>
    /// <returns>One array of raw values per output.</returns>
    public double[][] Score(IBlockScorer scorer, int blockRows = InputBlock.MaxRows)
    {
        double[][] outputs = [.. Enumerable.Range(0, scorer.OutputCount).Select(_ => new double[Rows])];
        var block = new InputBlock(Inputs.Count);
        for (int first = 0; first < Rows; first += blockRows)
        {
            int rows = Math.Min(blockRows, Rows - first);
            Fill(block, first, rows);
            double[] raw = new double[rows * outputs.Length];
            scorer.Score(block, raw);
            for (int output = 0; output < outputs.Length; output++) raw.AsSpan(output * rows, rows).CopyTo(outputs[output].AsSpan(first));
        }

        return outputs;
    }

    /// <summary>Points a block at some of the rows.</summary>
    public unsafe void Fill(InputBlock block, int first, int rows)
    {
        block.Reset(rows);
        for (int column = 0; column < Inputs.Count; column++)
        {
            // The buffers are pinned for their life, so the addresses stay right.
            if (Inputs[column].Kind == ModelInputKind.Numeric)
                fixed (float* values = _numeric[column]) block.SetNumeric(column, values + first);
            else
                fixed (int* hashes = _categorical[column]) block.SetCategorical(column, hashes + first);
        }
    }

    private static T[] Buffer<T>(int length)
        where T : unmanaged => GC.AllocateArray<T>(length, pinned: true);
}
