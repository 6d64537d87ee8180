using System.Collections.Immutable;
using System.Text.Json;
using BatchScoring.Models.CatBoost.Inspection;
using BatchScoring.Models.CatBoost.Predictions;

namespace BatchScoring.Models;

/// <summary>What a CatBoost model says about itself, for people. Immutable.</summary>
public sealed record CatBoostDescription : ModelDescription
{
    /// <summary>How many trees there are.</summary>
    public required int TreeCount { get; init; }

    /// <summary>Whether all nodes of a level ask the same question.</summary>
    public required bool IsSymmetric { get; init; }

    /// <summary>How many trees have each depth (splits from the root to the farthest leaf), by depth.</summary>
    public required ImmutableSortedDictionary<int, int> TreesByDepth { get; init; }

    /// <summary>Leaves of all trees.</summary>
    public required int LeafCount { get; init; }

    /// <summary>Borders and values that splits may ask for.</summary>
    public required int BinaryFeatureCount { get; init; }

    /// <summary>CTR features by type.</summary>
    public required ImmutableSortedDictionary<CtrType, int> CtrsByType { get; init; }

    /// <summary>Multiplies the sum of the leaves.</summary>
    public required double Scale { get; init; }

    /// <summary>Added after <see cref="Scale"/>; one value per output.</summary>
    public required ImmutableArray<double> Bias { get; init; }

    internal static CatBoostDescription Of(CatBoostModel model) => new()
    {
        Format = model.Format,
        TreeCount = model.TreeCount,
        IsSymmetric = model.Symmetric is not null,
        TreesByDepth = TreeDepths.Of(model).CountBy(depth => depth).ToImmutableSortedDictionary(),
        LeafCount = model.LeafValues.Length / model.OutputCount,
        OutputCount = model.OutputCount,
        BinaryFeatureCount = model.BinaryFeatureCount,
        Features = FeatureSummaries.Of(model),
        CtrsByType = model.CtrFeatures.CountBy(ctr => ctr.Key.Type).ToImmutableSortedDictionary(),
        Scale = model.Scale,
        Bias = model.Bias,
        Loss = model.Loss,
        Labels = ClassLabelReader.Of(model),
        Parameters = ParametersOf(model),
        TrainedAt = model.Info.GetValueOrDefault("train_finish_time"),
    };

    private static ImmutableArray<KeyValuePair<string, string>> ParametersOf(CatBoostModel model)
    {
        if (ModelJson.Text(model.Info, "params") is not { } json) return [];
        List<KeyValuePair<string, string>>? given = ModelJson.Parse(
            "params",
            json,
            root => ModelJson.Find(root, "flat_params") is { ValueKind: JsonValueKind.Object } flat
                ? flat.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetRawText())).ToList()
                : null);
        return [.. (given ?? []).OrderBy(parameter => parameter.Key, StringComparer.Ordinal)];
    }
}
