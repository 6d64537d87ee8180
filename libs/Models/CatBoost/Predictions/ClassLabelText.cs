using System.Globalization;
using System.Text.Json;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>A label as a model's JSON has it: <c>"1"</c> and <c>1</c> are two classes.</summary>
/// <param name="Text">The text; of a number its digits as they stand.</param>
/// <param name="Type">What the JSON says it is.</param>
internal readonly record struct ClassLabelText(string Text, ClassLabelType Type)
{
    public static ClassLabelText Of(JsonElement label) => label.ValueKind switch
    {
        JsonValueKind.String => new(label.GetString()!, ClassLabelType.String),
        JsonValueKind.True or JsonValueKind.False => new(label.GetRawText(), ClassLabelType.Boolean),
        _ => new(label.GetRawText(), IsWhole(label.GetRawText()) ? ClassLabelType.Integer : ClassLabelType.Float),
    };

    public static ClassLabelText Of(int number) => new(number.ToString(CultureInfo.InvariantCulture), ClassLabelType.Integer);

    private static bool IsWhole(string number) => long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
