using System.Text.Json.Serialization;

namespace BatchScoring.Tasks;

/// <summary>What the SQL of a column does with a value.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnForm>))]
public enum ColumnForm
{
    /// <summary>Whatever it says.</summary>
    Expression,

    /// <summary>Nothing.</summary>
    Unchanged,

    /// <summary>It rounds a number to float32.</summary>
    Float32,
}
