namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>The last step of a raw formula value.</summary>
internal static class ScaleAndBias
{
    /// <summary>
    /// Turns a sum of leaves into a raw value. A step that would change nothing is left out, as CatBoost does (adding 0 would turn -0 into
    /// 0); multiplying and adding are two roundings.
    /// </summary>
    public static double Apply(CatBoostModel model, int output, double sum)
    {
        if (model.Scale != 1) sum *= model.Scale;
        if (model.HasBias) sum += model.Bias[output];
        return sum;
    }
}
