namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>All questions <c>value &gt; border</c> about one numeric column; question <c>k</c> has mask <c>FirstMask + k</c>.</summary>
/// <param name="Column">Input column.</param>
/// <param name="MissingIsLargest">NaN answers yes; otherwise no.</param>
/// <param name="Borders">Thresholds; never NaN, and less than infinity if <paramref name="MissingIsLargest"/>.</param>
/// <param name="FirstMask">Number of the first question's mask.</param>
internal sealed record NumericQuestions(int Column, bool MissingIsLargest, float[] Borders, int FirstMask);
