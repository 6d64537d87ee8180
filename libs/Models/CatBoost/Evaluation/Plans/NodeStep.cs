namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>A node of a non-symmetric tree: where to go by the answer to a question.</summary>
/// <param name="Question">Mask of the question.</param>
/// <param name="No">The next node of the tree, or the complement of a leaf number.</param>
/// <param name="Yes">The next node of the tree, or the complement of a leaf number.</param>
internal readonly record struct NodeStep(int Question, int No, int Yes);
