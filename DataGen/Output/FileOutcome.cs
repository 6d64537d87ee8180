using BatchScoring.DataGen.Labels;

namespace BatchScoring.DataGen.Output;

/// <summary>What one file holds.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Auc">Defaults, and how well the true probabilities rank them.</param>
internal sealed record FileOutcome(long Bytes, BestAuc Auc);
