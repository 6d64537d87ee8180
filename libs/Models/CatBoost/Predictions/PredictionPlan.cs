using System.Collections.Immutable;
using System.Globalization;
using BatchScoring.Models.CatBoost.Numerics;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>How a model answers a prediction type.</summary>
/// <param name="Columns">How many columns the answer has.</param>
/// <param name="Formula">Computes them.</param>
/// <param name="Labels">What the values mean, if they are places in labels.</param>
internal sealed record PredictionPlan(int Columns, PredictionFormula Formula, ClassLabels? Labels = null)
{
    private delegate void RowFormula(ReadOnlySpan<double> raw, int rows, ReadOnlySpan<int> places, Span<double> output);

    /// <exception cref="ModelException">The model cannot answer this.</exception>
    public static PredictionPlan For(CatBoostModel model, PredictionType type) => Find(model, type) ?? throw new ModelException(
        ModelErrorCodes.NoSuchPrediction,
        $"The model cannot answer {type}: {(type == PredictionType.Class ? "it names no classes" : "its loss or its number of outputs does not fit")} "
        + $"(loss {model.Loss ?? "unknown"}, {model.OutputCount} outputs). Ask for RawFormulaVal instead.");

    /// <returns>Null if the model cannot answer this.</returns>
    public static PredictionPlan? Find(CatBoostModel model, PredictionType type) => type switch
    {
        PredictionType.RawFormulaVal => ByOutput(model, raw => raw, double.NegativeInfinity),
        PredictionType.Probability => Probability(model),
        PredictionType.LogProbability => LogProbability(model),
        PredictionType.Class => Class(model),
        PredictionType.Exponent when model.OutputCount == 1 => ByOutput(model, CatBoostExp.Exp, 0),
        PredictionType.RMSEWithUncertainty when model is { Loss: "RMSEWithUncertainty", OutputCount: 2 } => new(2, MeanAndVariance),
        _ => null,
    };

    private static PredictionPlan Probability(CatBoostModel model)
    {
        if (model.OutputCount == 1) return Binary(Formulas.Sigmoid, (_, positive) => 1 - positive);
        return Losses.HasSeparateOutputs(model.Loss) ? ByOutput(model, Formulas.Sigmoid, 0) : ByRow(model, Formulas.Softmax, 0);
    }

    private static PredictionPlan LogProbability(CatBoostModel model)
    {
        if (model.OutputCount == 1) return Binary(Formulas.LogSigmoid, (raw, _) => Formulas.LogSigmoid(-raw));
        return Losses.HasSeparateOutputs(model.Loss)
            ? ByOutput(model, Formulas.LogSigmoid, double.NegativeInfinity)
            : ByRow(model, Formulas.LogSoftmax, double.NegativeInfinity);
    }

    private static PredictionPlan? Class(CatBoostModel model)
    {
        if (Losses.IsMultiLabel(model.Loss)) return MultiLabel(model);
        ClassLabels? labels = ClassLabelReader.Of(model);
        if (labels is null) return null;
        ImmutableArray<int> places = labels.Places;
        if (model.OutputCount > 1)
            return new(1, (raw, rows, output) =>
            {
                for (int row = 0; row < rows; row++) output[row] = places[Formulas.LargestColumn(raw, rows, row, places.Length)];
            }, labels);
        double threshold = Threshold(model);
        return new(1, (raw, rows, output) =>
        {
            for (int row = 0; row < rows; row++) output[row] = raw[row] > threshold ? places[1] : places[0];
        }, labels);
    }

    private static PredictionPlan MultiLabel(CatBoostModel model)
    {
        double threshold = Threshold(model);
        return ByOutput(model, raw => raw > threshold ? 1 : 0, 0) with { Labels = ClassLabelReader.NoYes };
    }

    /// <summary>Two columns: the class 0 one follows from the raw value and the class 1 one.</summary>
    private static PredictionPlan Binary(Func<double, double> positive, Func<double, double, double> negative) => new(2, (raw, rows, output) =>
    {
        for (int row = 0; row < rows; row++)
        {
            double one = positive(raw[row]);
            output[rows + row] = one;
            output[row] = negative(raw[row], one);
        }
    });

    /// <summary>A column per output, or per class where the labels name more classes than there are outputs.</summary>
    private static PredictionPlan ByOutput(CatBoostModel model, Func<double, double> formula, double missing) => ByRow(
        model,
        (raw, rows, places, output) =>
        {
            for (int j = 0; j < places.Length; j++)
                for (int row = 0; row < rows; row++) output[(places[j] * rows) + row] = formula(raw[(j * rows) + row]);
        },
        missing);

    private static PredictionPlan ByRow(CatBoostModel model, RowFormula formula, double missing)
    {
        (int columns, ImmutableArray<int> places) = Places(model);
        return new(columns, (raw, rows, output) =>
        {
            if (columns > places.Length) output[..(columns * rows)].Fill(missing);
            formula(raw, rows, places.AsSpan(), output);
        });
    }

    private static (int Columns, ImmutableArray<int> Places) Places(CatBoostModel model)
    {
        ClassLabels? labels = model.OutputCount > 1 && !Losses.IsMultiLabel(model.Loss) ? ClassLabelReader.Of(model) : null;
        return labels is null ? (model.OutputCount, [.. Enumerable.Range(0, model.OutputCount)]) : (labels.Texts.Length, labels.Places);
    }

    private static void MeanAndVariance(ReadOnlySpan<double> raw, int rows, Span<double> output)
    {
        raw[..rows].CopyTo(output);
        for (int row = 0; row < rows; row++) output[rows + row] = CatBoostExp.Exp(2 * raw[rows + row]);
    }

    /// <summary>The raw value above which the answer is yes.</summary>
    private static double Threshold(CatBoostModel model)
    {
        if (!model.Info.TryGetValue("binclass_probability_threshold", out string? text)) return 0;
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out double probability) || !(probability is > 0 and < 1))
            Fault.Invalid($"its probability threshold is '{Fault.Shown(text)}'");
        return -Logarithm.Log((1 / probability) - 1);
    }
}
