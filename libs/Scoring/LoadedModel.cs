using BatchScoring.Models;

namespace BatchScoring.Scoring;

/// <summary>A model ready to score.</summary>
/// <remarks>Immutable and thread safe: shared by all who score with it.</remarks>
public sealed class LoadedModel
{
    /// <summary>Prepares a model.</summary>
    /// <exception cref="ModelException">It cannot be scored here, or contradicts itself.</exception>
    public LoadedModel(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Model, Scorer) = (model, model.CreateScorer());
    }

    /// <summary>The model.</summary>
    public IModel Model { get; }

    /// <summary>Computes its raw values.</summary>
    public IBlockScorer Scorer { get; }
}
