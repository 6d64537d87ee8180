namespace BatchScoring.Models;

/// <summary>A column of the training table, for people.</summary>
/// <param name="Name">Its name in the model; the decimal position where the model has none.</param>
/// <param name="Position">Its place in the training table, from 0.</param>
/// <param name="Kind">Numeric or categorical.</param>
/// <param name="IsUsed">Whether scoring needs it.</param>
/// <param name="Thresholds">Borders of a numeric column, one-hot values of a categorical one.</param>
/// <param name="Ctrs">How many CTR features are made of a categorical column.</param>
/// <param name="MissingIsLargest">For a numeric column: a missing value is larger than every border; otherwise smaller.</param>
public sealed record FeatureSummary(
    string Name, int Position, ModelInputKind Kind, bool IsUsed, int Thresholds, int Ctrs, bool MissingIsLargest);
