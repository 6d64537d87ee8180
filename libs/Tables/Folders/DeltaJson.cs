using System.Text.Json;

namespace BatchScoring.Tables;

/// <summary>Members of a log's JSON, where null and absent are the same. What is of another form is a <see cref="JsonException"/>.</summary>
internal static class DeltaJson
{
    public static JsonElement? Object(JsonElement of, string name) => Member(of, name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Object ? member : throw Wrong(name);

    public static IEnumerable<JsonProperty> Members(JsonElement of, string name) =>
        Object(of, name) is { } member ? member.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    public static IEnumerable<JsonElement> Items(JsonElement of, string name) => Member(of, name) is not { } member ? []
        : member.ValueKind == JsonValueKind.Array ? member.EnumerateArray() : throw Wrong(name);

    public static string Text(JsonElement of, string name) =>
        Member(of, name) is { } member && TextOrNull(member) is { } text ? text : throw Wrong(name);

    public static string? TextOrNull(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => TextOf(value),
        _ => throw Wrong("text"),
    };

    public static long? Number(JsonElement of, string name) => Member(of, name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long number) && number >= 0 ? number : throw Wrong(name);

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    /// <summary>Half of a surrogate pair is no text.</summary>
    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    private static JsonException Wrong(string name) => new($"'{name}' is not there, or is not what it has to be");
}
