using System.Globalization;

namespace BatchScoring.Models.CatBoost.Predicting;

/// <summary>Reads a row of named values as a model takes it.</summary>
internal static class NamedValues
{
    /// <returns>The used numbers and the used categories, each in the order of the model's inputs.</returns>
    /// <exception cref="ArgumentException">Columns are missing or have another type; all are named.</exception>
    public static (float[] Numbers, int[] Codes) Read(CatBoostModel model, IReadOnlyDictionary<string, object?> values)
    {
        List<float> numbers = [];
        List<int> codes = [];
        List<string> faults = [];
        foreach (ModelInput input in model.Inputs)
        {
            if (!values.TryGetValue(input.Name, out object? value)) faults.Add($"'{input.Name}' is missing");
            else if (input.Kind == ModelInputKind.Numeric && Number(value) is { } number) numbers.Add(number);
            else if (input.Kind == ModelInputKind.Categorical && Text(value) is { } text) codes.Add(TrainingTable.Encode(text));
            else faults.Add($"'{input.Name}' is {Shown(value)}, the model takes " +
                $"{(input.Kind == ModelInputKind.Numeric ? "a number" : "text or a whole number")}");
        }

        return faults.Count == 0
            ? ([.. numbers], [.. codes])
            : throw new ArgumentException($"The row does not fit the model: {string.Join("; ", faults)}.", nameof(values));
    }

    /// <summary>A number as the model sees it: through 64 bits to 32.</summary>
    private static float? Number(object? value) => value switch
    {
        null => float.NaN,
        float number => number,
        bool truth => truth ? 1 : 0,
        double or decimal or Half or sbyte or byte or short or ushort or int or uint or long or ulong =>
            (float)(value is Half half ? (double)half : Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    /// <summary>A category's text: whole numbers and booleans as CatBoost writes them. A fraction's text nobody knows.</summary>
    private static string? Text(object? value) => value switch
    {
        string text => text,
        bool truth => truth ? "1" : "0",
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Shown(object? value) => value is null ? "null" : $"a {value.GetType().Name}";
}
