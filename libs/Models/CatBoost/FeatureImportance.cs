using System.Collections.Immutable;
using BatchScoring.Models.CatBoost.Importance;

namespace BatchScoring.Models;

/// <summary>
/// Which columns a CatBoost model lives by, as CatBoost 1.2.10 counts it. Columns are those of <see cref="ModelDescription.Features"/>, by
/// their place in that list.
/// </summary>
/// <remarks>What needs rows is <see cref="LossFunctionChange"/>. Methods are thread safe.</remarks>
public static class FeatureImportance
{
    /// <summary>How much the raw value changes with each column, by the training rows: 100 in all.</summary>
    /// <param name="model">A model with weights of its leaves.</param>
    /// <returns>One value per column.</returns>
    /// <exception cref="ModelException">The model does not tell its leaves' weights (<c>IMPORTANCE_UNSUPPORTED</c>).</exception>
    public static ImmutableArray<double> PredictionValuesChange(CatBoostModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. ValuesChange.Of(model)];
    }

    /// <summary>How much pairs of columns change the raw value together.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isCorrected">
    /// False: CatBoost's own numbers. It loses pairs with a one-hot column and of a column with itself but counts them in the total, gives some
    /// pairs of combinations to other columns, and adds the outputs of several classes up to nothing. True: none of that.
    /// </param>
    /// <returns>Pairs with their share in percent, the largest first.</returns>
    /// <exception cref="ModelException">
    /// CatBoost's numbers are asked for where they are only rounding errors: MultiClass (<c>IMPORTANCE_UNSUPPORTED</c>).
    /// </exception>
    public static ImmutableArray<FeatureInteraction> Interactions(CatBoostModel model, bool isCorrected = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!isCorrected && model.Loss == "MultiClass")
            throw new ModelException(ModelErrorCodes.NoImportance,
                "CatBoost's Interaction of a MultiClass model is made of rounding errors: the values of its classes add up to 0. " +
                "Ask for the corrected one.");
        return [.. new Interactions(model, isCorrected).Find()];
    }
}

/// <summary>Two columns that change the raw value together.</summary>
/// <param name="First">A column's place in <see cref="ModelDescription.Features"/>.</param>
/// <param name="Second">The other one's.</param>
/// <param name="Percent">Its share of what all pairs do.</param>
public sealed record FeatureInteraction(int First, int Second, double Percent);
