using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Metrics;

/// <summary>
/// The log loss; of rows whose raw values are kept as exponents through CatBoost's logarithm of single precision, which is off by about
/// 5e-5.
/// </summary>
internal static class LogLoss
{
    private const int BlockRows = 4096, Lanes = 4;

    public static double Of(MetricRows rows)
    {
        float[] labels = rows.Targets[0];
        if (rows.Exponents is not { } exponents) return rows.Mean(row => RowLosses.Logloss(rows.Raw[0][row], labels[row]));
        double loss = 0, weight = 0;
        foreach ((int start, int end) in LossBlocks.Of(rows.Count, rows.Parts))
        {
            double partLoss = 0, partWeight = 0;
            for (int block = start; block < end; block += BlockRows)
            {
                (double blockLoss, double blockWeight) = Block(rows, exponents, block, Math.Min(block + BlockRows, end));
                partLoss += blockLoss;
                partWeight += blockWeight;
            }

            loss += partLoss;
            weight += partWeight;
        }

        return loss / weight;
    }

    /// <summary>In four sums of single precision; the last one to three rows in double.</summary>
    private static (double Loss, double Weight) Block(MetricRows rows, double[] exponents, int start, int end)
    {
        Span<float> losses = stackalloc float[Lanes], weights = stackalloc float[Lanes];
        losses.Clear();
        weights.Clear();
        int whole = end - ((end - start) % Lanes);
        for (int row = start; row < whole; row++)
        {
            losses[(row - start) % Lanes] += rows.WeightOf(row) * Row(exponents[row], rows.Targets[0][row]);
            weights[(row - start) % Lanes] += rows.WeightOf(row);
        }

        double loss = losses[0] + losses[1] + (losses[2] + losses[3]), weight = weights[0] + weights[1] + (weights[2] + weights[3]);
        for (int row = whole; row < end; row++)
        {
            float label = rows.Targets[0][row];
            loss += rows.WeightOf(row) * ((double)FastLog.Of((float)(exponents[row] + 1)) - (label * FastLog.Of((float)exponents[row])));
            weight += rows.WeightOf(row);
        }

        return (loss, weight);
    }

    private static float Row(double exponent, float label)
    {
        float raw = FastLog.Of((float)exponent), all = (float)(exponent + 1);
        return float.IsInfinity(all) ? (1 - label) * raw : FastLog.Of(all) - (label * raw);
    }
}
