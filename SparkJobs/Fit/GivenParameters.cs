using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>CatBoost's parameters as the command line gives them: a file, and single ones over it.</summary>
internal static class GivenParameters
{
    /// <param name="file">A file of JSON; null for none.</param>
    /// <param name="pairs">As in <c>depth=4</c>.</param>
    public static JsonObject Read(string? file, IReadOnlyList<string> pairs)
    {
        JsonObject read = file is null ? [] : OfFile(file);
        HashSet<string> said = new(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            string[] halves = pair.Split('=', 2);
            if (halves.Length != 2 || halves[0].Trim().Length == 0) throw FitErrors.Usage($"--set {pair} is not NAME=VALUE, such as --set depth=4.");
            string name = halves[0].Trim();
            if (!said.Add(name)) throw FitErrors.Usage($"--set says {name} twice. Leave one of them out.");
            read[name] = Value(halves[1].Trim());
        }

        return read;
    }

    /// <summary>JSON where it is some; else the text itself, which needs no quotes then.</summary>
    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text switch { "True" => true, "False" => false, "None" => null, _ => text };
        }
    }

    private static JsonObject OfFile(string file)
    {
        if (!File.Exists(file)) throw FitErrors.Usage($"There is no file {file} with parameters.");
        const string Form = "It must be an object of JSON, such as {\"iterations\": 500, \"depth\": 4}.";
        try
        {
            JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return JsonNode.Parse(File.ReadAllText(file), documentOptions: strict) as JsonObject ?? throw Wrong("it holds something else.");
        }
        catch (JsonException e)
        {
            throw Wrong(e.Message);
        }

        BatchScoringException Wrong(string why) => FitErrors.Usage($"The parameters in {file} cannot be read: {why} {Form}");
    }
}
