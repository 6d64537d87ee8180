using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BatchScoring.Hosting;
using BatchScoring.Scoring;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Evaluate;
using BatchScoring.SparkJobs.Report;
using BatchScoring.SparkJobs.Score;

namespace BatchScoring.SparkJobs;

/// <summary>JSON of what only this program writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    // JSON has no infinity, and one certain and wrong forecast makes a loss infinite: it is written as the text "Infinity".
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EvaluationRecord))]
[JsonSerializable(typeof(ModelContract))]
[JsonSerializable(typeof(FeatureRule))]
[JsonSerializable(typeof(ScoreProfile))]
[JsonSerializable(typeof(CreditPolicy))]
[JsonSerializable(typeof(ScoreDetails))]
[JsonSerializable(typeof(CommandOutcome))]
[JsonSerializable(typeof(JobProgress))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class JobJson : JsonSerializerContext
{
    public static JsonElement Element(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
