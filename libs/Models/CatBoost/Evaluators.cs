using BatchScoring.Models.CatBoost.Evaluation;

namespace BatchScoring.Models;

/// <summary>Makes the fastest scorer that this processor can run. All of them give the same bits.</summary>
public static class Evaluators
{
    /// <summary>The environment variable that forces one evaluator by name.</summary>
    public const string EnvironmentVariable = "BATCHSCORING_EVALUATOR";

    /// <summary>The evaluators, the fastest first.</summary>
    private static readonly EvaluatorChoice[] _choices =
    [
        new("vector512", () => Vector512Kernels.IsSupported, model => ByMasks(model, new Vector512Kernels())),
        new("vector256", () => Vector256Kernels.IsSupported, model => ByMasks(model, new Vector256Kernels())),
        new("vector128", () => true, model => ByMasks(model, new Vector128Kernels())),
        new("reference", () => true, model => new ReferenceScorer(model)),
    ];

    /// <summary>The names of the evaluators that this processor can run, the fastest first.</summary>
    public static IReadOnlyList<string> Available => [.. _choices.Where(choice => choice.RunsHere()).Select(choice => choice.Name)];

    /// <summary>Makes a scorer: the one that <see cref="EnvironmentVariable"/> names, else the fastest.</summary>
    /// <exception cref="ModelException">The variable names an evaluator that does not exist, or that this processor cannot run.</exception>
    public static IBlockScorer Create(CatBoostModel model) => Create(model, Environment.GetEnvironmentVariable(EnvironmentVariable));

    /// <summary>Makes a scorer by name.</summary>
    /// <param name="model">What to evaluate.</param>
    /// <param name="name">One of <see cref="Available"/>; null or empty for the fastest.</param>
    /// <exception cref="ModelException">There is no such evaluator, or this processor cannot run it.</exception>
    public static IBlockScorer Create(CatBoostModel model, string? name)
    {
        if (string.IsNullOrEmpty(name)) return _choices.First(choice => choice.RunsHere()).Create(model);
        EvaluatorChoice? choice = Array.Find(_choices, choice => choice.Name == name);
        if (choice is null)
            throw new ModelException(
                ModelErrorCodes.UnknownEvaluator,
                $"There is no evaluator '{name}'. Known: {string.Join(", ", _choices.Select(known => known.Name))}. "
                + $"Correct or remove the environment variable {EnvironmentVariable}.");
        if (!choice.RunsHere())
            throw new ModelException(
                ModelErrorCodes.UnknownEvaluator,
                $"The evaluator '{name}' needs instructions that this processor does not have. It can run: {string.Join(", ", Available)}. "
                + $"Correct or remove the environment variable {EnvironmentVariable}.");
        return choice.Create(model);
    }

    private static IBlockScorer ByMasks(CatBoostModel model, MaskKernels kernels)
    {
        MaskPlan plan = MaskPlanBuilder.Build(model);
        // Trees that no trainer grows, but a file may hold: walking them node by node then costs less than tables.
        return Array.TrueForAll(plan.Trees, tree => tree.IsTable) ? new MaskBlockScorer(plan, kernels) : new ReferenceScorer(model);
    }
}
