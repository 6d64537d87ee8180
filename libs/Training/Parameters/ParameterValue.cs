using System.Globalization;
using System.Text.Json;

namespace BatchScoring.Training;

/// <summary>A parameter as it was written, and what it may be read as.</summary>
/// <param name="Name">As it was written, an alias perhaps.</param>
/// <param name="Json">Its value.</param>
internal sealed record ParameterValue(string Name, JsonElement Json)
{
    public int Whole(int from, int to = int.MaxValue) => Json.ValueKind == JsonValueKind.Number && Json.TryGetInt32(out int value)
        && value >= from && value <= to ? value : throw Wrong(to == int.MaxValue ? $"a whole number from {from}" : $"a whole number from {from} to {to}");

    public ulong Seed() => Json.ValueKind == JsonValueKind.Number && Json.TryGetUInt64(out ulong value) ? value
        : throw Wrong($"a whole number from 0 to {ulong.MaxValue}");

    /// <summary>In single precision, as CatBoost holds it.</summary>
    public float Number(Func<float, bool> isAllowed, string allowed) => Json.ValueKind == JsonValueKind.Number
        && (float)Json.GetDouble() is var value && float.IsFinite(value) && isAllowed(value) ? value : throw Wrong(allowed);

    public float AnyNumber() => Number(_ => true, "a number");

    public float NumberFrom0() => Number(value => value >= 0, "a number from 0");

    /// <summary>Above 0 to 1.</summary>
    public float Share() => Number(value => value is > 0 and <= 1, "a number above 0, at most 1");

    public bool Flag() => Json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong("true or false"),
    };

    public string Text() => Json.ValueKind == JsonValueKind.String ? Json.GetString()! : throw Wrong("a text");

    /// <summary>One of the names, letter by letter.</summary>
    /// <param name="elsewhere">Names that CatBoost knows as well.</param>
    public T Choice<T>(params string[] elsewhere)
        where T : struct, Enum => Enum.Parse<T>(OneOf(Enum.GetNames<T>(), elsewhere));

    /// <inheritdoc cref="Choice"/>
    public string OneOf(IReadOnlyList<string> here, params string[] elsewhere)
    {
        string text = Json.ValueKind == JsonValueKind.String ? Json.GetString()! : Shown;
        if (here.Contains(text, StringComparer.Ordinal)) return text;
        string allowed = $"one of {string.Join(", ", here)}, written so";
        if (elsewhere.Contains(text, StringComparer.Ordinal)) throw Unsupported($"is {text}", $"It may be {allowed}.");
        TrainingException wrong = Wrong(allowed);
        throw new TrainingException(wrong.Fault, wrong.Message) { Word = text, Known = here };
    }

    /// <summary>The items of a list; one value is a list of one.</summary>
    public IReadOnlyList<JsonElement> Items() => Json.ValueKind switch
    {
        JsonValueKind.Array => [.. Json.EnumerateArray()],
        JsonValueKind.Null or JsonValueKind.Undefined or JsonValueKind.Object => throw Wrong("a list"),
        _ => [Json],
    };

    public IReadOnlyList<string> Texts() =>
        [.. Items().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong("a list of texts"))];

    public TrainingException Wrong(string allowed) => new(TrainingFault.Parameter,
        $"The parameter {Name} is {Shown}; it must be {allowed}.");

    public TrainingException Unsupported(string what, string advice = "Leave it out.") => new(TrainingFault.Unsupported,
        $"The parameter {Name} {what}, which CatBoost has and this trainer has not. {advice}");

    public string Shown
    {
        get
        {
            string text = Json.GetRawText();
            return text.Length <= 80 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 80)}…");
        }
    }
}
