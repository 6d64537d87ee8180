using System.Collections.Immutable;

namespace BatchScoring.Models.CatBoost.Inspection;

/// <summary>Describes the columns of the training table.</summary>
internal static class FeatureSummaries
{
    public static ImmutableArray<FeatureSummary> Of(CatBoostModel model)
    {
        var used = model.Inputs.Select((input, i) => (input.Kind, Feature: model.InputFeatures[i])).ToHashSet();
        IEnumerable<FeatureSummary> numeric = model.FloatFeatures.Select((feature, i) => new FeatureSummary(
            ModelInputs.NameOf(feature.Id, feature.FlatIndex),
            feature.FlatIndex,
            ModelInputKind.Numeric,
            used.Contains((ModelInputKind.Numeric, i)),
            feature.Borders.Length,
            Ctrs: 0,
            feature.NanIsLargest));
        ILookup<int, int> values = model.OneHotFeatures.ToLookup(oneHot => oneHot.Feature, oneHot => oneHot.Values.Length);
        var ctrs = model.CtrFeatures
            .SelectMany(ctr => ctr.Key.Combination.Categories.Concat(ctr.Key.Combination.OneHotSplits.Select(split => split.Feature))
                .Distinct())
            .CountBy(category => category).ToDictionary();
        IEnumerable<FeatureSummary> categorical = model.CategoricalFeatures.Select((feature, i) => new FeatureSummary(
            ModelInputs.NameOf(feature.Id, feature.FlatIndex),
            feature.FlatIndex,
            ModelInputKind.Categorical,
            used.Contains((ModelInputKind.Categorical, i)),
            values[i].Sum(),
            ctrs.GetValueOrDefault(i),
            MissingIsLargest: false));
        return [.. numeric.Concat(categorical).OrderBy(feature => feature.Position)];
    }
}
