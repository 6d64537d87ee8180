using System.Globalization;
using System.Text.Json.Nodes;

namespace BatchScoring.Training;

/// <summary>A label that stands for a class.</summary>
/// <param name="Kind">What it was in the table, or in class_names.</param>
/// <param name="Text">As it is shown: <c>1</c>, <c>0.30000001192092896</c>, <c>true</c>, <c>yes</c>.</param>
public sealed record ClassLabel(LabelKind Kind, string Text)
{
    /// <summary>A label in single precision, as CatBoost holds it.</summary>
    public static ClassLabel Of(float value) =>
        new(LabelKind.Float, ((double)value).ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Its number; null where it is none.</summary>
    internal double? Number => Kind == LabelKind.Boolean ? Text == "true" ? 1 : 0
        : double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>Whether a label of the table is the one that class_names means: by number, or letter by letter.</summary>
    internal bool Means(ClassLabel other) => Text == other.Text || (Number is { } own && own == other.Number);

    internal JsonNode ToJson() => Kind switch
    {
        LabelKind.Boolean => Text == "true",
        LabelKind.Integer => long.Parse(Text, CultureInfo.InvariantCulture),
        LabelKind.Float => double.Parse(Text, CultureInfo.InvariantCulture),
        _ => Text,
    };
}

/// <summary>What labels are in a table; the names are CatBoost's.</summary>
public enum LabelKind
{
    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Numbers with fractions, or of a column that may hold some.</summary>
    Float,

    /// <summary>True and false.</summary>
    Boolean,

    /// <summary>Texts.</summary>
    String,
}
