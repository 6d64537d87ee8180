using System.Text.Json;
using BatchScoring.Models;

namespace BatchScoring.Training;

/// <summary>How labels become classes.</summary>
internal static class ClassParameters
{
    public static readonly Dictionary<string, Func<FitParameters, ParameterValue, FitParameters>> All = new(StringComparer.Ordinal)
    {
        ["class_names"] = (all, value) => Set(all, rules => rules with { Names = [.. value.Items().Select(item => Label(item, value))] }),
        ["classes_count"] = (all, value) => Set(all, rules => rules with { Count = value.Whole(0) }),
        ["target_border"] = (all, value) => Set(all, rules => rules with { TargetBorder = value.AnyNumber() }),
        ["allow_const_label"] = (all, value) => Set(all, rules => rules with { AllowsOneValue = value.Flag() }),
        ["class_weights"] = Weights,
        ["scale_pos_weight"] = (all, value) => Set(all, rules => rules with
        {
            Weights = [1, value.Number(weight => weight > 0, "a number above 0")],
        }),
    };

    /// <summary>A list in the order of the classes, or an object of labels, which names the classes too.</summary>
    private static FitParameters Weights(FitParameters all, ParameterValue value)
    {
        const string Allowed = "a list of numbers from 0, one per class, or an object such as {\"0\": 1, \"1\": 2.5}";
        float Weight(JsonElement item) => item.ValueKind == JsonValueKind.Number && (float)item.GetDouble() is >= 0 and < float.PositiveInfinity
            and var weight ? weight : throw value.Wrong(Allowed);
        if (value.Json.ValueKind == JsonValueKind.Array)
            return Set(all, rules => rules with { Weights = [.. value.Items().Select(Weight)] });
        if (value.Json.ValueKind != JsonValueKind.Object) throw value.Wrong(Allowed);
        JsonProperty[] pairs = [.. value.Json.EnumerateObject()];
        return Set(all, rules => rules with
        {
            Weights = [.. pairs.Select(pair => Weight(pair.Value))],
            WeightLabels = [.. pairs.Select(pair => pair.Name)],
        });
    }

    private static ClassLabel Label(JsonElement item, ParameterValue value) => item.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new ClassLabel(ClassLabelType.Boolean, item.GetRawText()),
        JsonValueKind.String => new ClassLabel(ClassLabelType.String, item.GetString()!),
        JsonValueKind.Number when item.TryGetInt64(out _) => new ClassLabel(ClassLabelType.Integer, item.GetRawText()),
        JsonValueKind.Number => ClassLabel.Of((float)item.GetDouble()),
        _ => throw value.Wrong("a list of labels: numbers, texts, or true and false"),
    };

    private static FitParameters Set(FitParameters all, Func<ClassRules, ClassRules> set) => all with { Classes = set(all.Classes) };
}
