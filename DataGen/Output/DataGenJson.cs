using System.Text.Json.Serialization;

namespace BatchScoring.DataGen.Output;

/// <summary>JSON without reflection, so that the trimmed program works.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Contract))]
[JsonSerializable(typeof(GenerationFacts))]
[JsonSerializable(typeof(GenerationRequest))]
internal sealed partial class DataGenJson : JsonSerializerContext;
