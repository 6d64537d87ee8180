using BatchScoring.Models;
using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Continuing;

/// <summary>What raw values start from: a constant, a baseline, or a finished model.</summary>
internal sealed class StartValues
{
    private StartValues(InitModel? model) => Model = model;

    public InitModel? Model { get; }

    /// <param name="table">What is learned from.</param>
    /// <param name="parameters">Some settings are of no use for a training that starts from given values.</param>
    /// <param name="model">The finished model; null: none.</param>
    public static StartValues Of(LearnTable table, TrainingParameters parameters, CatBoostModel? model)
    {
        string? from = model is not null ? "init_model" : table.Baseline is not null ? "a baseline" : null;
        if (from is null) return new StartValues(model: null);
        if (model is not null && table.Baseline is not null) throw StartErrors.Parameter("init_model", "a baseline");
        if (parameters.ModelShrinkRate != 0) throw StartErrors.Parameter("model_shrink_rate", from);
        if (parameters.BoostFromAverage == true) throw StartErrors.Parameter("boost_from_average", from);
        if (model is null && parameters.Loss.Function == LossFunction.MultiRMSE)
            throw StartErrors.Baseline(table.Baseline!.Length, "none for MultiRMSE");
        if (model is not null && parameters.Quantisation.BorderType is BorderType.Median or BorderType.UniformAndQuantiles)
            throw StartErrors.Parameter($"feature_border_type {parameters.Quantisation.BorderType}", from);
        int outputs = LossObjectives.Outputs(parameters.Loss.Function, table.Targets);
        if (model is null && table.Baseline!.Length != outputs)
            throw StartErrors.Baseline(table.Baseline.Length, $"{outputs} for {parameters.Loss.Function} and these labels");
        if (model is not null && model.OutputCount != outputs)
            throw StartErrors.Model($"has {model.OutputCount} outputs", $"models with {outputs}, as {parameters.Loss.Function} has here");
        return new StartValues(model is null ? null : InitModel.Of(model, table));
    }

    /// <summary>Outputs × rows; null: a constant.</summary>
    /// <exception cref="TrainingException">Some rows have a baseline and others have none.</exception>
    public double[][]? OfEval(LearnTable table, bool hasBaseline) => table.Baseline is not null == hasBaseline ? Of(table)
        : throw StartErrors.Eval();

    /// <summary>Outputs × rows; null: a constant.</summary>
    public double[][]? Of(LearnTable table) => Model is not null ? Model.Raw(table)
        : table.Baseline?.Select(values => Array.ConvertAll(values, value => (double)value)).ToArray();
}
