using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>A model ready to score; immutable, shared by all tasks.</summary>
internal sealed class LoadedModel(IModel model)
{
    public IReadOnlyList<ModelInput> Inputs { get; } = model.Inputs;

    public IReadOnlyList<ColumnRequest> Columns { get; } = ModelColumns.Requests(model.Inputs);

    public bool HasFeatureNames { get; } = model.HasFeatureNames;

    public IBlockScorer Scorer { get; } = model.CreateScorer();

    public Prediction Scores { get; } = model.Scores();

    public Prediction Raw { get; } = model.PredictionOf(PredictionType.RawFormulaVal);
}
