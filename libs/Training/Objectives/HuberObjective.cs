namespace BatchScoring.Training.Objectives;

/// <param name="delta">Up to which error the loss is squared.</param>
internal readonly struct HuberObjective(double delta) : IObjective
{
    public bool KeepsExponent => false;

    public (double First, double Second) Derivatives(double state, float label)
    {
        double error = label - state;
        return Math.Abs(error) < delta ? (error, -1) : (error > 0 ? delta : -delta, 0);
    }

    /// <summary>CatBoost looks at a step's loss without the step, so that no step is ever an improvement.</summary>
    public double Loss(double state, float label) => 0;
}
