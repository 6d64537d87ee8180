using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace BatchScoring.Models.CatBoost.Formats.Json;

/// <summary>Reads the models that CatBoost saves as JSON. Numbers are read to the last bit, which CatBoost's own reader does not do.</summary>
/// <remarks>Source: catboost/libs/model/model_export/json_model_helpers of CatBoost 1.2.10 (names of members).</remarks>
internal static class JsonModelReader
{
    /// <summary>As deep as a tree may be, and what lies around it.</summary>
    private const int MaxDepth = 256;

    private static readonly string[] _members =
        ["ctr_data", "features_info", "model_info", "oblivious_trees", "scale_and_bias", "trees"];

    /// <summary>Whether a text begins with an object whose first member is one of such a model.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Encoding.UTF8.Preamble)) start = start[Encoding.UTF8.Preamble.Length..];
        try
        {
            Utf8JsonReader reader = new(start, isFinalBlock: false, default);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read()) return false;
            string? first = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
            return _members.Contains(first, StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <exception cref="ModelException">It is damaged, or does not hold all of the model.</exception>
    public static CatBoostModelParts Read(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Encoding.UTF8.Preamble)) file = file[Encoding.UTF8.Preamble.Length..];
        try
        {
            Utf8JsonReader reader = new(file, new JsonReaderOptions { MaxDepth = MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            if (!file[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty)
                Fault.Corrupt("text follows behind the model", reader.BytesConsumed);
            return Read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException
            or IndexOutOfRangeException)
        {
            throw new ModelException(ModelErrorCodes.Corrupt,
                $"The JSON model cannot be read: {error.Message} Compare its size and hash with the original, and copy it again.", error);
        }
    }

    private static CatBoostModelParts Read(JsonElement root)
    {
        JsonFeatures features = new(root.GetProperty("features_info"));
        Dictionary<string, string> info = new(StringComparer.Ordinal);
        if (root.TryGetProperty("model_info", out JsonElement words))
            foreach (JsonProperty word in words.EnumerateObject())
                info[word.Name] = word.Value.ValueKind == JsonValueKind.String ? word.Value.GetString()! : word.Value.GetRawText();
        JsonCtrTables.RefuseLostTables(features, info);
        CatBoostModelParts trees = root.TryGetProperty("trees", out JsonElement nodes) && nodes.ValueKind == JsonValueKind.Array
            ? new JsonNodeTrees(nodes).Parts : JsonSymmetricTrees.Read(root.GetProperty("oblivious_trees"));
        (double scale, ImmutableArray<double> bias) = ScaleAndBias(root);
        return trees with
        {
            FloatFeatures = features.Floats,
            CategoricalFeatures = features.Categories,
            OneHotFeatures = features.OneHots,
            CtrFeatures = features.Ctrs,
            CtrTables = JsonCtrTables.Read(root, features),
            Scale = scale,
            Bias = bias,
            Info = info,
        };
    }

    private static (double Scale, ImmutableArray<double> Bias) ScaleAndBias(JsonElement root)
    {
        if (!root.TryGetProperty("scale_and_bias", out JsonElement both)) return (1, []);
        JsonElement bias = both[1];
        return (both[0].GetDouble(), bias.ValueKind == JsonValueKind.Array
            ? [.. bias.EnumerateArray().Select(value => value.GetDouble())] : [bias.GetDouble()]);
    }
}
