namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>All questions <c>hash == value</c> about one categorical column; question <c>k</c> has mask <c>FirstMask + k</c>.</summary>
/// <param name="Column">Input column.</param>
/// <param name="Values">Category hashes.</param>
/// <param name="FirstMask">Number of the first question's mask.</param>
internal sealed record CategoryQuestions(int Column, int[] Values, int FirstMask);
