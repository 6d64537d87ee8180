namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// One step of turning a non-symmetric tree into leaf-number bits: mask <c>Result</c> takes, row by row, <c>IfYes</c> where
/// <c>Question</c> is 1 and <c>IfNo</c> where it is 0.
/// </summary>
internal readonly record struct Choice(int Result, int Question, int IfYes, int IfNo);
