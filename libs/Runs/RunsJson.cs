using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace BatchScoring.Runs;

/// <summary>JSON that is no contract of Core's.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class RunsJson : JsonSerializerContext;
