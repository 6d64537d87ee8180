using BatchScoring.DataGen.Columns;

namespace BatchScoring.DataGen.Dirt;

/// <summary>One bad row.</summary>
/// <param name="Row">Its number in the table, from 0.</param>
/// <param name="Code">What it should be set aside for.</param>
/// <param name="Column">The column that is spoilt; null for the key.</param>
/// <param name="Text">What stands there; null for no value.</param>
internal sealed record PlantedRow(long Row, string Code, FeatureColumn? Column, string? Text);
