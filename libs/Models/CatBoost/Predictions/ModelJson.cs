using System.Text;
using System.Text.Json;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>Reads the JSON texts that a model carries.</summary>
internal static class ModelJson
{
    /// <summary>
    /// A text that a model carries; null where it has none. An empty one is none: CatBoost writes it so for a sum of models.
    /// </summary>
    public static string? Text(IReadOnlyDictionary<string, string> info, string key) =>
        info.TryGetValue(key, out string? text) && text.Length > 0 ? text : null;

    /// <exception cref="ModelException">The text is not JSON.</exception>
    public static T? Parse<T>(string key, string json, Func<JsonElement, T?> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Unreadable(key, error);
        }
    }

    /// <summary>A member of an object; null if it is none or has none.</summary>
    public static JsonElement? Find(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement found) ? found : null;

    /// <summary>Finds a text by its path through objects, without building the document: the text may be long.</summary>
    /// <exception cref="ModelException">The text is not JSON.</exception>
    public static string? FindText(string key, string json, params ReadOnlySpan<string> path)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        try
        {
            string? found = null;
            int matched = 0;
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > matched + 1) continue;
                matched = Math.Min(matched, reader.CurrentDepth - 1);
                if (!reader.ValueTextEquals(path[matched])) continue;
                if (++matched < path.Length) continue;
                reader.Read();
                if (reader.TokenType == JsonTokenType.String) found = reader.GetString();
                matched--;
            }

            return found;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Unreadable(key, error);
        }
    }

    private static ModelException Unreadable(string key, Exception error) =>
        new(ModelErrorCodes.Invalid, $"The model's '{key}' cannot be read: {error.Message}", error);
}
