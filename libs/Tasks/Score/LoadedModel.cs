using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>A model ready to score; immutable, shared by all tasks.</summary>
internal sealed class LoadedModel(CatBoostModel model)
{
    public IReadOnlyList<ModelInput> Inputs { get; } = model.Inputs;

    public IReadOnlyList<ColumnRequest> Columns { get; } = ModelColumns.Requests(model.Inputs);

    public bool HasFeatureNames { get; } = model.HasFeatureNames;

    public IBlockScorer Scorer { get; } = Evaluators.Create(model);

    public ScoreColumns Scores { get; } = ScoreColumns.Of(model);

    public Prediction Raw { get; } = Prediction.Create(model, PredictionType.RawFormulaVal);
}
