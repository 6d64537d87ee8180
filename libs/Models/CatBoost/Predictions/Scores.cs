namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>
/// The one answer that a scoring run publishes: the positive class's probability of a binary classifier, a regression's value (its
/// exponential where the loss models a logarithm, its mean where the loss models a variance too), or one column per class, label or target.
/// </summary>
internal static class Scores
{
    private const string Name = "score";

    /// <summary>A model that names neither loss nor classes gives its raw values.</summary>
    public static Prediction Of(CatBoostModel model)
    {
        if (ClassLabelReader.Of(model) is null && !Losses.IsMultiLabel(model.Loss)) return Regression(model);
        if (model.OutputCount == 1)
            return new(Name, 1, (raw, rows, output) =>
            {
                for (int row = 0; row < rows; row++) output[row] = Formulas.Sigmoid(raw[row]);
            })
            { IsProbability = true };
        var plan = PredictionPlan.For(model, PredictionType.Probability);
        return new(Name, plan.Columns, plan.Formula) { IsProbability = true };
    }

    private static Prediction Regression(CatBoostModel model)
    {
        if (model is { Loss: "RMSEWithUncertainty", OutputCount: 2 })
            return new(Name, 1, (raw, rows, output) => raw[..rows].CopyTo(output));
        PredictionType type = Losses.IsLogarithmic(model.Loss) && model.OutputCount == 1
            ? PredictionType.Exponent
            : PredictionType.RawFormulaVal;
        var plan = PredictionPlan.For(model, type);
        return new(Name, plan.Columns, plan.Formula);
    }
}
