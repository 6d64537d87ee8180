using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>The JSON Schema by which editors complete and check pipeline files.</summary>
internal static class PipelineSchema
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's text. Names of hosts differ from site to site, so it takes any.</summary>
    public static string Create(IReadOnlyCollection<StepKindInfo> kinds)
    {
        JsonObject schema = PipelineKeys.File(kinds, []).Schema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "A pipeline of the dispatcher");
        schema.Insert(2, "description",
            "One file of pipelines/. Made by `dispatcher schema`; `dispatcher check` looks at more than a schema can.");
        return schema.ToJsonString(Readable) + "\n";
    }
}
