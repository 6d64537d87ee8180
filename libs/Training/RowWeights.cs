namespace BatchScoring.Training;

/// <summary>Weights of rows, their own times their class's, in single precision.</summary>
internal static class RowWeights
{
    /// <summary>Rows that weigh no more are not taken, and sums of weights that are no larger are none.</summary>
    public const float Least = 1.1920929E-07f;
    private const float Nothing = 1e-8f;

    /// <summary>Weights of the classes; null where all are 1.</summary>
    public static float[]? Classes(LearnTable table, TrainingParameters parameters) => parameters.ClassWeights?.ToArray()
        ?? (parameters.AutoClassWeights == AutoClassWeights.None ? null : Classes(table, parameters.AutoClassWeights));

    /// <returns>One per row; null where all are 1.</returns>
    public static float[]? Of(LearnTable table, float[]? classes) => classes is null ? table.Weights
        : [.. table.Labels.Select((label, row) => (table.Weights?[row] ?? 1) * classes[ClassOf(label, classes.Length)])];

    /// <summary>The mean of the labels: products in single precision, sums in double.</summary>
    public static float Mean(float[] labels, float[]? weights)
    {
        double sum = 0, total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            float weight = weights?[row] ?? 1;
            sum += labels[row] * weight;
            total += weight;
        }

        return (float)(sum / total);
    }

    private static int ClassOf(float label, int classes) => classes == 2 ? label > 0.5f ? 1 : 0 : (int)label;

    /// <summary>The classes' sums are cut to whole numbers, as CatBoost cuts them.</summary>
    private static float[] Classes(LearnTable table, AutoClassWeights kind)
    {
        double[] sums = new double[Math.Max(2, (int)table.Labels.Max() + 1)];
        for (int row = 0; row < table.Rows; row++) sums[ClassOf(table.Labels[row], sums.Length)] += table.Weights?[row] ?? 1;
        float[] whole = [.. sums.Select(sum => (float)Math.Truncate(sum))];
        return [.. whole.Select(sum => sum <= Nothing ? 1
            : kind == AutoClassWeights.Balanced ? whole.Max() / sum : MathF.Sqrt(whole.Max() / sum))];
    }
}
