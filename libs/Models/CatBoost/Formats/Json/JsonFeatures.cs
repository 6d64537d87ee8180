using System.Collections.Immutable;
using System.Text.Json;

namespace BatchScoring.Models.CatBoost.Formats.Json;

/// <summary>The features of a JSON model. As in <c>.cbm</c> files, running numbers become positions in lists.</summary>
internal sealed class JsonFeatures
{
    private readonly Dictionary<int, int> _floats, _categories;

    public JsonFeatures(JsonElement features)
    {
        JsonElement[] floats = Items(features, "float_features"), categories = Items(features, "categorical_features");
        Floats = [.. floats.Select(Float)];
        // Which of them splits need is not stored: those that the splits name.
        Categories = [.. categories.Select(category => new CategoricalFeature
        {
            Index = category.GetProperty("feature_index").GetInt32(),
            FlatIndex = category.GetProperty("flat_feature_index").GetInt32(),
            Id = Id(category),
            IsUsed = false,
        })];
        _floats = Numbers("numeric", Floats.Select(feature => feature.Index));
        _categories = Numbers("categorical", Categories.Select(feature => feature.Index));
        OneHots = [.. categories.Index().Where(one => one.Item.TryGetProperty("values", out _)).Select(one => new OneHotFeature
        {
            Feature = one.Index,
            Values = [.. one.Item.GetProperty("values").EnumerateArray().Select(value => value.GetInt32())],
        })];
        Ctrs = [.. Items(features, "ctrs").Select(Ctr)];
    }

    public ImmutableArray<FloatFeature> Floats { get; }

    public ImmutableArray<CategoricalFeature> Categories { get; }

    public ImmutableArray<OneHotFeature> OneHots { get; }

    public ImmutableArray<CtrFeature> Ctrs { get; }

    /// <summary>Which table a CTR reads. The format has no place for the target's binarisation: it is the only one there is.</summary>
    public CtrKey Key(JsonElement elements, string? type)
    {
        if (!Enum.GetNames<CtrType>().Contains(type, StringComparer.Ordinal)) Fault.Unsupported($"uses the unknown CTR type '{type}'");
        List<int> categories = [];
        List<CtrFloatSplit> floats = [];
        List<CtrOneHotSplit> oneHots = [];
        foreach (JsonElement element in elements.EnumerateArray())
        {
            string? kind = element.GetProperty("combination_element").GetString();
            if (kind == "cat_feature_value") categories.Add(Category(element));
            else if (kind == "cat_feature_exact_value")
                oneHots.Add(new CtrOneHotSplit(Category(element), element.GetProperty("value").GetInt32()));
            else if (kind == "float_feature")
                floats.Add(new CtrFloatSplit(
                    Position("numeric", _floats, element.GetProperty("float_feature_index").GetInt32()), Single(element, "border")));
            else Fault.Unsupported($"makes categories of the unknown kind '{kind}'");
        }

        FeatureCombination combination = new() { Categories = [.. categories], FloatSplits = [.. floats], OneHotSplits = [.. oneHots] };
        return new CtrKey(combination, Enum.Parse<CtrType>(type!), TargetBorderClassifier: 0);
    }

    private static JsonElement[] Items(JsonElement features, string name) =>
        features.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static FloatFeature Float(JsonElement feature)
    {
        string? treatment = feature.GetProperty("nan_value_treatment").GetString();
        if (!Enum.GetNames<NanTreatment>().Contains(treatment, StringComparer.Ordinal))
            Fault.Unsupported($"treats missing values in the unknown way '{treatment}'");
        return new FloatFeature
        {
            Index = feature.GetProperty("feature_index").GetInt32(),
            FlatIndex = feature.GetProperty("flat_feature_index").GetInt32(),
            Id = Id(feature),
            HasNans = feature.GetProperty("has_nans").GetBoolean(),
            NanTreatment = Enum.Parse<NanTreatment>(treatment!),
            Borders = Borders(feature),
        };
    }

    private CtrFeature Ctr(JsonElement ctr) => new()
    {
        Key = Key(ctr.GetProperty("elements"), ctr.GetProperty("ctr_type").GetString()),
        TargetBorderIndex = ctr.GetProperty("target_border_idx").GetInt32(),
        PriorNumerator = Single(ctr, "prior_numerator"),
        PriorDenominator = Single(ctr, "prior_denomerator"), // spelled so
        Shift = Single(ctr, "shift"),
        Scale = Single(ctr, "scale"),
        Borders = Borders(ctr),
    };

    private int Category(JsonElement element) => Position("categorical", _categories, element.GetProperty("cat_feature_index").GetInt32());

    private static int Position(string kind, Dictionary<int, int> positions, int number)
    {
        if (!positions.TryGetValue(number, out int position)) Fault.Invalid($"a split uses {kind} feature {number}, which does not exist");
        return position;
    }

    private static Dictionary<int, int> Numbers(string kind, IEnumerable<int> numbers)
    {
        Dictionary<int, int> positions = [];
        foreach (int number in numbers)
            if (!positions.TryAdd(number, positions.Count)) Fault.Invalid($"it has two {kind} features {number}");
        return positions;
    }

    private static string Id(JsonElement feature) => feature.TryGetProperty("feature_id", out JsonElement id) ? id.GetString() ?? "" : "";

    private static ImmutableArray<float> Borders(JsonElement feature) =>
        feature.GetProperty("borders") is { ValueKind: JsonValueKind.Array } borders
            ? [.. borders.EnumerateArray().Select(border => (float)border.GetDouble())] : [];

    /// <summary>Written as the double that the single is: rounding twice would not matter.</summary>
    private static float Single(JsonElement element, string name) => (float)element.GetProperty(name).GetDouble();
}
