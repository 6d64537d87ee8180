using System.Collections.Immutable;
using System.Text.Json;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>What a model's JSON says about its classes.</summary>
/// <param name="Names">Labels as text.</param>
/// <param name="Places">For every output the place of its label; empty if not said.</param>
/// <param name="Type">The labels' type; null if not said.</param>
internal sealed record ClassParams(ImmutableArray<string> Names, ImmutableArray<int> Places, string? Type)
{
    /// <summary>Reads <c>class_params</c> (or the older <c>multiclass_params</c>).</summary>
    public static ClassParams Read(string json) => ModelJson.Parse("class_params", json, FromObject) ?? new([], [], null);

    /// <summary>Reads the classes of the training options.</summary>
    public static ClassParams? ReadTrainingOptions(string json) => ModelJson.Parse(
        "params", json, root => ModelJson.Find(root, "data_processing_options") is { } options ? FromObject(options) : null);

    private static ClassParams FromObject(JsonElement element) => new(
        ModelJson.Find(element, "class_names") is { ValueKind: JsonValueKind.Array } names ? [.. names.EnumerateArray().Select(Text)] : [],
        ModelJson.Find(element, "class_to_label") is { ValueKind: JsonValueKind.Array } places ? [.. places.EnumerateArray().Select(Place)] : [],
        ModelJson.Find(element, "class_label_type") is { ValueKind: JsonValueKind.String } type ? type.GetString() : null);

    private static string Text(JsonElement label) => label.ValueKind == JsonValueKind.String ? label.GetString()! : label.GetRawText();

    private static int Place(JsonElement place) =>
        place.ValueKind == JsonValueKind.Number && place.TryGetDouble(out double value) && value is >= 0 and < int.MaxValue ? (int)value : -1;
}
