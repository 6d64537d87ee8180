using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Models;

namespace BatchScoring.Training;

/// <summary>A label that stands for a class.</summary>
/// <param name="Kind">What it was in the table, or in class_names.</param>
/// <param name="Text">As it is shown: <c>1</c>, <c>0.30000001192092896</c>, <c>true</c>, <c>yes</c>.</param>
public sealed record ClassLabel(ClassLabelType Kind, string Text)
{
    /// <summary>A label in single precision, as CatBoost holds it.</summary>
    public static ClassLabel Of(float value) =>
        new(ClassLabelType.Float, ((double)value).ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Its number; null where it is none.</summary>
    internal double? Number => Kind == ClassLabelType.Boolean ? Text == "true" ? 1 : 0
        : double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>Whether a label of the table is the one that class_names means: by number, or letter by letter.</summary>
    internal bool Means(ClassLabel other) => Text == other.Text || (Number is { } own && own == other.Number);

    internal JsonNode ToJson() => Kind switch
    {
        ClassLabelType.Boolean => Text == "true",
        ClassLabelType.Integer => long.Parse(Text, CultureInfo.InvariantCulture),
        ClassLabelType.Float => double.Parse(Text, CultureInfo.InvariantCulture),
        _ => Text,
    };
}
