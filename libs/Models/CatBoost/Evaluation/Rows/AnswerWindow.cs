namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>Up to sixteen neighbouring questions about numbers that lie within sixteen neighbouring inputs.</summary>
/// <param name="FirstInput">The window's first numeric input.</param>
/// <param name="FirstMask">The first question's mask.</param>
internal readonly record struct AnswerWindow(int FirstInput, int FirstMask);
