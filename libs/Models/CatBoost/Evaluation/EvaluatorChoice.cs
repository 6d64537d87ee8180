namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>One way to evaluate models.</summary>
/// <param name="Name">What forces it in <see cref="Evaluators.EnvironmentVariable"/>.</param>
/// <param name="RunsHere">Whether this processor has what it needs.</param>
/// <param name="Create">Makes a scorer for a model.</param>
internal sealed record EvaluatorChoice(string Name, Func<bool> RunsHere, Func<CatBoostModel, IBlockScorer> Create);
