using System.Text.Json.Serialization;
using BatchScoring.DataGen.Columns;

namespace BatchScoring.DataGen.Output;

/// <summary>
/// The hidden model's contract file: what its features may be. <c>batch-score score --contract</c> sets other rows aside.
/// </summary>
internal sealed record Contract
{
    [JsonPropertyName("features")]
    public required IReadOnlyList<ContractRule> Features { get; init; }

    /// <summary>Bounds and categories of the columns that have some.</summary>
    public static Contract Of(IEnumerable<FeatureColumn> columns) => new()
    {
        Features =
        [
            .. columns.Where(column => column.IsCategory || column.Bounds is not null).Select(column => column.Bounds is var (least, most)
                // Scorers compare 32-bit numbers: the largest value may round up.
                ? new ContractRule { Feature = column.Name, Minimum = Math.Min(least, (float)least), Maximum = Math.Max(most, (float)most) }
                : new ContractRule { Feature = column.Name, Categories = column.Categories }),
        ],
    };
}
