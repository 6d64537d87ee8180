namespace BatchScoring.Training.Objectives;

internal readonly struct RmseObjective : IObjective
{
    public static int LeafIterations => 1;

    public static bool StartsAtMean => true;

    public static double Bias(float mean) => mean;

    public static double Start(double bias) => bias;

    public static double Change(double step) => step;

    public static double Changed(double state, double change) => state + change;

    public static double Loss(double[] states, double[] changes, int[] leaves, float[] labels, float[]? weights, int blocks)
    {
        double loss = 0, weight = 0;
        foreach ((int start, int end) in LossBlocks.Of(states.Length, blocks))
        {
            double part = 0;
            for (int row = start; row < end; row++)
            {
                double error = labels[row] - (states[row] + changes[leaves[row]]), own = weights?[row] ?? 1;
                part += own * (error * error);
                weight += own;
            }

            loss += part;
        }

        return Math.Sqrt(loss / (weight + 1e-38));
    }

    public static (double First, double Second) Derivatives(double state, float label) => (label - state, -1);
}
