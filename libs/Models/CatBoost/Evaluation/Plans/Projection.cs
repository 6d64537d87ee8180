namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>What a row's hash for a CTR table is made of, in this order. CTRs with the same combination share one.</summary>
/// <param name="Columns">Input columns of the categories.</param>
/// <param name="Masks">Masks of the answers to the combination's numeric splits, then of its one-hot splits.</param>
internal sealed record Projection(int[] Columns, int[] Masks);
