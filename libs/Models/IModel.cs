using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>
/// A model of any kind, in memory: what it reads, what it answers, and who computes it. <see cref="ModelFormats"/> opens one from a file.
/// </summary>
/// <remarks>Immutable and thread safe.</remarks>
public interface IModel
{
    /// <summary>The name of its format, as <see cref="IModelFormat.Name"/>; for example <c>catboost</c>.</summary>
    string Format { get; }

    /// <summary>
    /// The columns that scoring needs, in the order of their place in the training table. Unused features are not listed.
    /// </summary>
    ImmutableArray<ModelInput> Inputs { get; }

    /// <summary>False if the model names no feature: columns can then only be bound by <see cref="ModelInput.Position"/>.</summary>
    bool HasFeatureNames { get; }

    /// <summary>Values per row in the raw output: 1, or one per class or target.</summary>
    int OutputCount { get; }

    /// <summary>What the model can be asked for by <see cref="PredictionOf"/>.</summary>
    /// <exception cref="ModelException">The model's own words about its classes contradict each other.</exception>
    ImmutableArray<PredictionType> PredictionTypes { get; }

    /// <summary>Makes the fastest scorer that this processor can run.</summary>
    /// <exception cref="ModelException">The environment asks for an evaluator that does not exist or cannot run here.</exception>
    IBlockScorer CreateScorer();

    /// <summary>How the model answers a prediction type.</summary>
    /// <exception cref="ModelException">The model cannot answer this.</exception>
    Prediction PredictionOf(PredictionType type);

    /// <summary>
    /// The one answer that a scoring run publishes, in the columns <c>score</c> or <c>score_0</c>, <c>score_1</c> …: the positive class's
    /// probability of a binary classifier, a regression's value, or one column per class, label or target.
    /// </summary>
    /// <exception cref="ModelException">The model's own words about its classes contradict each other.</exception>
    Prediction Scores();

    /// <summary>What the model says about itself, for people.</summary>
    /// <exception cref="ModelException">The model's own words contradict each other.</exception>
    ModelDescription Describe();
}
