using System.Collections.Immutable;
using System.Text.Json;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>What a model's JSON says about its classes.</summary>
/// <param name="Names">The labels; empty if they have no names.</param>
/// <param name="Count">How many classes were declared; 0 if they were counted in the data.</param>
/// <param name="OutputLabels">For every output the place of its label; the label itself where there are neither names nor a count.</param>
/// <param name="Type">The labels' type; null if not said.</param>
internal sealed record ClassParams(ImmutableArray<ClassLabelText> Names, int Count, ImmutableArray<ClassLabelText> OutputLabels,
    ClassLabelType? Type)
{
    /// <summary>Reads <c>class_params</c> (or the older <c>multiclass_params</c>).</summary>
    /// <returns>Null if it says nothing.</returns>
    public static ClassParams? Read(string json) => ModelJson.Parse("class_params", json, FromObject);

    /// <summary>Reads the classes of the training options.</summary>
    /// <returns>Null if they name none.</returns>
    public static ClassParams? ReadTrainingOptions(string json) => ModelJson.Parse(
        "params",
        json,
        root => ModelJson.Find(root, "data_processing_options") is { } options && Labels(options, "class_names") is { IsEmpty: false } names
            ? new ClassParams(names, 0, [], null)
            : null);

    private static ClassParams? FromObject(JsonElement element)
    {
        ClassParams found = new(
            Labels(element, "class_names"),
            ModelJson.Find(element, "classes_count") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt32(out int classes)
                ? classes : 0,
            Labels(element, "class_to_label"),
            ModelJson.Find(element, "class_label_type") is { ValueKind: JsonValueKind.String } type
                && Enum.TryParse(type.GetString(), out ClassLabelType known) && Enum.IsDefined(known) ? known : null);
        return found is { Names.IsEmpty: true, Count: 0, OutputLabels.IsEmpty: true } ? null : found;
    }

    private static ImmutableArray<ClassLabelText> Labels(JsonElement element, string name) =>
        ModelJson.Find(element, name) is { ValueKind: JsonValueKind.Array } labels
            ? [.. labels.EnumerateArray().Select(ClassLabelText.Of)]
            : [];
}
