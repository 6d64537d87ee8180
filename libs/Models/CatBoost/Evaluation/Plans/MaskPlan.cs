namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// A model made ready for evaluation by masks. Every distinct question that the trees ask (or that a CTR's combination contains) has a
/// number, its mask; evaluators keep one answer bit per row and mask. Immutable, shared by all evaluators.
/// </summary>
internal sealed class MaskPlan
{
    /// <summary>The mask whose bits are all 0.</summary>
    public const int Zeros = 0;

    /// <summary>The mask whose bits are all 1.</summary>
    public const int Ones = 1;

    /// <summary>The first mask of a question.</summary>
    public const int FirstQuestion = 2;

    /// <summary>The model: its inputs, scale and bias.</summary>
    public required CatBoostModel Model { get; init; }

    /// <summary>Questions about numbers, ordered by column.</summary>
    public required NumericQuestions[] Numerics { get; init; }

    /// <summary>Questions about categories.</summary>
    public required CategoryQuestions[] Categories { get; init; }

    /// <summary>Questions about CTRs.</summary>
    public required CtrQuestions[] Ctrs { get; init; }

    /// <summary>The distinct combinations of <see cref="Ctrs"/>.</summary>
    public required Projection[] Projections { get; init; }

    /// <summary>The trees in their order.</summary>
    public required MaskTree[] Trees { get; init; }

    /// <summary>Masks of constants and questions; the trees' choices use numbers from here on, each tree for itself.</summary>
    public required int QuestionMasks { get; init; }

    /// <summary>All masks, those for choices included.</summary>
    public required int MaskCount { get; init; }
}
