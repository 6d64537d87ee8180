using BatchScoring.Training.Objectives;
using BatchScoring.Training.Random;

namespace BatchScoring.Training.Trees;

/// <summary>The leaf values of a grown tree by Newton's method on all rows.</summary>
/// <param name="labels">By row.</param>
/// <param name="weights">By row; null: all 1.</param>
/// <param name="lambda">Draws leaves to 0.</param>
/// <param name="iterations">Steps, those taken back among them.</param>
/// <param name="lossBlocks">Into how many parts rows are cut when losses are summed; null: every step is taken, whatever the loss.</param>
internal sealed class LeafEstimator<TObjective>(float[] labels, float[]? weights, double lambda, int iterations, int? lossBlocks)
    where TObjective : struct, IObjective
{
    private const int SmallTable = 10_000, Parts = 128;
    private const double NoWeight = 1.1920928955078125E-07;

    /// <summary>The steps of every leaf together, before the learning rate.</summary>
    /// <param name="tree">Leaves of rows.</param>
    /// <param name="states">The state of every row; stays.</param>
    /// <param name="random">One draw for every step.</param>
    public double[] Estimate(GrownTree tree, double[] states, CatBoostRandom random)
    {
        double[] values = new double[tree.LeafCount], moved = [.. states];
        double loss = lossBlocks is null || iterations < 2 ? double.NaN : Loss(tree, moved, new double[tree.LeafCount]);
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            double[] steps = Steps(tree, moved);
            random.Next();
            // A step that does not lower the loss is halved; every try counts as an iteration.
            for (; !double.IsNaN(loss) && iteration < iterations; iteration++)
            {
                double after = Loss(tree, moved, steps);
                if (after < loss)
                {
                    loss = after;
                    break;
                }

                for (int leaf = 0; leaf < steps.Length; leaf++) steps[leaf] /= 2;
            }

            if (iteration == iterations) break;
            for (int leaf = 0; leaf < values.Length; leaf++) values[leaf] += steps[leaf];
            Move(tree, moved, steps);
        }

        return values;
    }

    /// <summary>Moves every row by its leaf's step.</summary>
    public static void Move(GrownTree tree, double[] states, double[] steps)
    {
        double[] changes = [.. steps.Select(TObjective.Change)];
        for (int row = 0; row < states.Length; row++) states[row] = TObjective.Changed(states[row], changes[tree.Leaves[row]]);
    }

    private double Loss(GrownTree tree, double[] states, double[] steps) =>
        TObjective.Loss(states, [.. steps.Select(TObjective.Change)], tree.Leaves, labels, weights, lossBlocks!.Value);

    /// <summary>Rows in order; of larger tables in 128 parts, whose sums are added in order.</summary>
    private double[] Steps(GrownTree tree, double[] states)
    {
        var first = new Sums[tree.LeafCount];
        double[] second = new double[tree.LeafCount];
        int size = labels.Length < SmallTable ? labels.Length : (labels.Length + Parts - 1) / Parts;
        var part = new Sums[tree.LeafCount];
        double[] partSecond = new double[tree.LeafCount];
        for (int start = 0; start < labels.Length; start += size)
        {
            Array.Clear(part);
            Array.Clear(partSecond);
            for (int row = start; row < Math.Min(start + size, labels.Length); row++)
            {
                int leaf = tree.Leaves[row];
                (double g, double h) = TObjective.Derivatives(states[row], labels[row]);
                float weight = weights is null ? 1 : weights[row];
                part[leaf] += new Sums(g * weight, weight);
                partSecond[leaf] += h * weight;
            }

            for (int leaf = 0; leaf < part.Length; leaf++)
            {
                if (part[leaf].Weight <= NoWeight) continue;
                first[leaf] += part[leaf];
                second[leaf] += partSecond[leaf];
            }
        }

        return [.. first.Select((sums, leaf) => sums.Derivative / (-second[leaf] + lambda))];
    }
}
