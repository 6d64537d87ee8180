namespace BatchScoring.Training.Objectives;

/// <summary>
/// The log loss by which CatBoost judges a step: in single precision, in blocks of 4096 rows with four sums each. Its last digits decide
/// whether a step is taken.
/// </summary>
internal static class FastLogloss
{
    private const int LossRows = 4096, Lanes = 4;

    public static double Mean(double[] states, double[] changes, int[] leaves, float[] labels, float[]? weights, int blocks)
    {
        double loss = 0, weight = 0;
        foreach ((int start, int end) in LossBlocks.Of(states.Length, blocks))
        {
            double partLoss = 0, partWeight = 0;
            for (int block = start; block < end; block += LossRows)
            {
                (double blockLoss, double blockWeight) = Block(
                    states, changes, leaves, labels, weights, block, Math.Min(block + LossRows, end));
                partLoss += blockLoss;
                partWeight += blockWeight;
            }

            loss += partLoss;
            weight += partWeight;
        }

        return loss / (weight + 1e-38);
    }

    private static (double Loss, double Weight) Block(
        double[] states, double[] changes, int[] leaves, float[] labels, float[]? weights, int start, int end)
    {
        Span<float> losses = stackalloc float[Lanes], sums = stackalloc float[Lanes];
        losses.Clear();
        sums.Clear();
        int whole = end - ((end - start) % Lanes);
        for (int row = start; row < whole; row++)
        {
            float weight = weights is null ? 1 : weights[row];
            losses[(row - start) % Lanes] += weight * Row(states[row], changes[leaves[row]], labels[row]);
            sums[(row - start) % Lanes] += weight;
        }

        double loss = losses[0] + losses[1] + (losses[2] + losses[3]), sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (int row = whole; row < end; row++)
        {
            float weight = weights is null ? 1 : weights[row];
            loss += weight * Rest(states[row], changes[leaves[row]], labels[row]);
            sum += weight;
        }

        return (loss, sum);
    }

    private static float Row(double state, double change, float label)
    {
        float raw = FastLog.Of((float)state) + FastLog.Of((float)change), all = (float)((state * change) + 1);
        return float.IsInfinity(all) ? (1 - label) * raw : FastLog.Of(all) - (label * raw);
    }

    /// <summary>Of the last one to three rows, whose terms alone are of single precision.</summary>
    private static double Rest(double state, double change, float label) =>
        (double)FastLog.Of((float)(1 + (state * change))) - (label * (FastLog.Of((float)state) + FastLog.Of((float)change)));
}
