namespace BatchScoring.Models.CatBoost.Predicting;

/// <summary>Turns rows into the columns that block scorers want, and their answers into rows again.</summary>
internal sealed unsafe class BatchPredictor(CatBoostModel model, Prediction prediction, TrainingTable table)
{
    private readonly IBlockScorer _scorer = model.CreateScorer();

    /// <param name="numbers">Row after row, all numeric columns of the training table.</param>
    /// <param name="categories">Row after row, all its categorical columns.</param>
    /// <param name="answers">Row after row.</param>
    public void Answer(ReadOnlySpan<float> numbers, ReadOnlySpan<string> categories, Span<double> answers)
    {
        int columns = prediction.Columns.Length, rows = answers.Length / columns;
        if (rows == 0) return;
        int most = Math.Min(rows, InputBlock.MaxRows);
        int stride = (most + InputBlock.Padding - 1) / InputBlock.Padding * InputBlock.Padding;
        float[] cells = GC.AllocateUninitializedArray<float>(stride * model.Inputs.Length, pinned: true);
        double[] raw = new double[most * model.OutputCount], computed = new double[most * columns];
        var block = new InputBlock(model.Inputs.Length);
        for (int first = 0; first < rows; first += most)
        {
            int count = Math.Min(most, rows - first);
            block.Reset(count);
            fixed (float* buffer = cells)
            {
                for (int input = 0; input < model.Inputs.Length; input++)
                    Fill(block, input, buffer + ((long)input * stride), numbers, categories, first);
                _scorer.Score(block, raw);
            }

            prediction.Compute(raw, count, computed);
            for (int row = 0; row < count; row++)
                for (int column = 0; column < columns; column++)
                    answers[((first + row) * columns) + column] = computed[(column * count) + row];
        }
    }

    private void Fill(InputBlock block, int input, float* buffer, ReadOnlySpan<float> numbers, ReadOnlySpan<string> categories, int first)
    {
        int feature = model.InputFeatures[input];
        if (model.Inputs[input].Kind == ModelInputKind.Numeric)
        {
            int width = table.NumericColumns.Length;
            for (int row = 0; row < block.Rows; row++) buffer[row] = numbers[((first + row) * width) + feature];
            block.SetNumeric(input, buffer);
            return;
        }

        int texts = table.CategoricalColumns.Length;
        int* codes = (int*)buffer;
        for (int row = 0; row < block.Rows; row++) codes[row] = TrainingTable.Encode(categories[((first + row) * texts) + feature]);
        block.SetCategorical(input, codes);
    }
}
