using System.Text.Json.Serialization;

namespace BatchScoring.Core;

/// <summary>
/// Reads and writes the contracts: snake_case names, enums as snake_case text, absent when null. Works in trimmed programs.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = false,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(HeaderLine))]
[JsonSerializable(typeof(TaskSpec))]
[JsonSerializable(typeof(TaskResult))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(Retirement))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(RunIdentity))]
[JsonSerializable(typeof(SamplingRule))]
public sealed partial class CoreJson : JsonSerializerContext;
