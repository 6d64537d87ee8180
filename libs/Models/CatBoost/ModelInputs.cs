using System.Collections.Immutable;
using System.Globalization;

namespace BatchScoring.Models;

/// <summary>Finds the columns that a model needs.</summary>
internal static class ModelInputs
{
    public static (ImmutableArray<ModelInput> Inputs, ImmutableArray<int> Features) Of(CatBoostModelParts parts)
    {
        bool[] floats = UsedFloats(parts);
        bool[] categories = UsedCategories(parts);
        var inputs = new List<(ModelInput Input, int Feature)>();
        for (int i = 0; i < floats.Length; i++)
        {
            FloatFeature feature = parts.FloatFeatures[i];
            if (floats[i]) inputs.Add((Input(feature.Id, feature.FlatIndex, ModelInputKind.Numeric), i));
        }

        for (int i = 0; i < categories.Length; i++)
        {
            CategoricalFeature feature = parts.CategoricalFeatures[i];
            if (categories[i]) inputs.Add((Input(feature.Id, feature.FlatIndex, ModelInputKind.Categorical), i));
        }

        inputs.Sort((left, right) => left.Input.Position.CompareTo(right.Input.Position));
        var sorted = inputs.Select(input => input.Input).ToImmutableArray();
        CheckPositions(sorted);
        return (sorted, [.. inputs.Select(input => input.Feature)]);
    }

    /// <summary>How many inputs there will be.</summary>
    public static int CountUsed(CatBoostModelParts parts) =>
        UsedFloats(parts).Count(used => used) + UsedCategories(parts).Count(used => used);

    /// <summary>
    /// Whether the file names its columns, used or not. Then those that are only numbered are asked for by their numbers: position would
    /// take other columns for them once the table is arranged in another way.
    /// </summary>
    public static bool AreNamed(CatBoostModelParts parts) =>
        parts.FloatFeatures.Any(feature => feature.Id.Length > 0) || parts.CategoricalFeatures.Any(feature => feature.Id.Length > 0);

    /// <summary>A column's name: what the file says, else its position.</summary>
    public static string NameOf(string id, int flatIndex) => id.Length > 0 ? id : flatIndex.ToString(CultureInfo.InvariantCulture);

    private static void CheckPositions(ImmutableArray<ModelInput> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Position < 0) Fault.Invalid($"feature '{inputs[i].Name}' has no place in the table", inputs[i].Name);
            if (i > 0 && inputs[i].Position == inputs[i - 1].Position)
                Fault.Invalid($"features '{inputs[i - 1].Name}' and '{inputs[i].Name}' are the same column {inputs[i].Position}",
                    inputs[i].Name);
        }
    }

    private static bool[] UsedFloats(CatBoostModelParts parts)
    {
        bool[] used = parts.FloatFeatures.Select(feature => feature.Borders.Length > 0).ToArray();
        foreach (CtrFeature ctr in parts.CtrFeatures)
            foreach (CtrFloatSplit split in ctr.Key.Combination.FloatSplits) used[split.Feature] = true;
        return used;
    }

    private static bool[] UsedCategories(CatBoostModelParts parts)
    {
        bool[] used = parts.CategoricalFeatures.Select(feature => feature.IsUsed).ToArray();
        foreach (OneHotFeature oneHot in parts.OneHotFeatures) used[oneHot.Feature] = true;
        foreach (CtrFeature ctr in parts.CtrFeatures)
        {
            foreach (int category in ctr.Key.Combination.Categories) used[category] = true;
            foreach (CtrOneHotSplit split in ctr.Key.Combination.OneHotSplits) used[split.Feature] = true;
        }

        return used;
    }

    private static ModelInput Input(string id, int flatIndex, ModelInputKind kind) => new(NameOf(id, flatIndex), flatIndex, kind)
    {
        IsNamed = id.Length > 0,
        Encoder = kind == ModelInputKind.Categorical ? CategoryHash.Encoder : null,
    };
}
