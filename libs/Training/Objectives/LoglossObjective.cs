using BatchScoring.Models.CatBoost.Numerics;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Objectives;

/// <summary>Keeps e to the raw value, multiplied up step by step with CatBoost's own exponential: its last bits decide late splits.</summary>
internal readonly struct LoglossObjective : IObjective
{
    private const int LossRows = 4096, Lanes = 4;

    public static int LeafIterations => 10;

    public static bool StartsAtMean => false;

    public static double Bias(float mean) => -Math.Log((1 / (double)mean) - 1);

    public static double Start(double bias)
    {
        // In four parts of 16 bits each, as from a table.
        double start = 1;
        for (int part = 0; part < 4; part++)
        {
            double top = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(bias) & 0xFFFF_0000_0000_0000);
            start *= Math.Exp(top);
            bias -= top;
        }

        return start * (1 + bias);
    }

    public static double Change(double step) => CatBoostExp.Exp(step);

    public static double Changed(double state, double change) => state * change;

    public static (double First, double Second) Derivatives(double state, float label)
    {
        double p = 1 - (1 / (1 + state));
        return (label - p, -p * (1 - p));
    }

    /// <summary>In single precision, in blocks of 4096 rows with four sums each: as CatBoost, because the last digits decide.</summary>
    public static double Loss(double[] states, double[] changes, int[] leaves, float[] labels, float[]? weights, int blocks)
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

    /// <summary>Of the last one to three rows.</summary>
    private static double Rest(double state, double change, float label) =>
        (double)FastLog.Of((float)(1 + (state * change))) - (label * (FastLog.Of((float)state) + FastLog.Of((float)change)));

    private static float Row(double state, double change, float label)
    {
        float raw = FastLog.Of((float)state) + FastLog.Of((float)change), all = (float)((state * change) + 1);
        return float.IsInfinity(all) ? (1 - label) * raw : FastLog.Of(all) - (label * raw);
    }
}
