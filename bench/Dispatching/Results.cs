using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchScoring.Bench.Dispatching;

/// <summary>Keeps what was printed, with the machine that it holds for.</summary>
internal static class Results
{
    public static void Write(string lines, string file)
    {
        var json = new JsonObject
        {
            ["bench"] = "dispatcher",
            ["lines"] = new JsonArray([.. File.ReadAllLines(lines).Select(line => JsonValue.Create(line))]),
            ["machine"] = Machine.Describe(),
        };
        var options = new JsonSerializerOptions
        {
            WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        File.WriteAllText(file, json.ToJsonString(options) + "\n");
    }
}
