using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Trees;

/// <summary>By which a step is judged: the mean loss of moved rows, as CatBoost sums it.</summary>
internal sealed class StepLoss<TObjective>(TObjective objective, float[] labels, float[]? weights, int blocks, Workers workers)
    where TObjective : struct, IObjective
{
    private readonly VectorLogloss? _logloss =
        typeof(TObjective) == typeof(LoglossObjective) ? new VectorLogloss(labels, weights, blocks, workers) : null;

    /// <inheritdoc cref="VectorLogloss.Mean"/>
    public double Mean(double[] states, StateLogs logs, double[] changes, ushort[] leaves, double[] moved)
    {
        if (_logloss is not null) return _logloss.Mean(states, logs, changes, leaves, moved);
        RowMoves.Move(states, changes, leaves, objective.KeepsExponent, moved, workers);
        double loss = 0, weight = 0;
        foreach ((int start, int end) in LossBlocks.Of(moved.Length, blocks))
        {
            double part = 0;
            for (int row = start; row < end; row++)
            {
                double own = weights is null ? 1 : weights[row];
                part += own * objective.Loss(moved[row], labels[row]);
                weight += own;
            }

            loss += part;
        }

        return objective.Total(loss / (weight + 1e-38));
    }
}
