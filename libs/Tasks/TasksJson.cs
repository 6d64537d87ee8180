using System.Text.Json.Serialization;

namespace BatchScoring.Tasks;

/// <summary>Reads and writes what is special to the task kinds, in the same form as <see cref="Core.CoreJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(FilterWork))]
[JsonSerializable(typeof(ImportWork))]
[JsonSerializable(typeof(ScoreWork))]
[JsonSerializable(typeof(ScoreStatistics))]
public sealed partial class TasksJson : JsonSerializerContext;
