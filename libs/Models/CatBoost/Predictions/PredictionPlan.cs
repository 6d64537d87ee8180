using System.Globalization;
using BatchScoring.Models.CatBoost.Numerics;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>How a model answers a prediction type.</summary>
/// <param name="Columns">How many columns the answer has.</param>
/// <param name="Formula">Computes them.</param>
/// <param name="Labels">What the values mean, if they are places in labels.</param>
internal sealed record PredictionPlan(int Columns, PredictionFormula Formula, ClassLabels? Labels = null)
{
    private delegate void ColumnsFormula(ReadOnlySpan<double> raw, int rows, int columns, Span<double> output);

    /// <exception cref="ModelException">The model cannot answer this.</exception>
    public static PredictionPlan For(CatBoostModel model, PredictionType type) => Find(model, type) ?? throw new ModelException(
        ModelErrorCodes.NoSuchPrediction,
        $"The model cannot answer {type}: " +
        $"{(type == PredictionType.Class ? "it names no classes" : "its loss or its number of outputs does not fit")} "
        + $"(loss {model.Loss ?? "unknown"}, {model.OutputCount} outputs). Ask for RawFormulaVal instead.");

    /// <returns>Null if the model cannot answer this.</returns>
    public static PredictionPlan? Find(CatBoostModel model, PredictionType type) => type switch
    {
        PredictionType.RawFormulaVal => ByValue(model, raw => raw),
        PredictionType.Probability => Probability(model),
        PredictionType.LogProbability => LogProbability(model),
        PredictionType.Class => Class(model),
        PredictionType.Exponent when model.OutputCount == 1 => ByValue(model, CatBoostExp.Exp),
        PredictionType.RMSEWithUncertainty when model is { Loss: "RMSEWithUncertainty", OutputCount: 2 } => new(2, MeanAndVariance),
        _ => null,
    };

    private static PredictionPlan Probability(CatBoostModel model)
    {
        if (model.OutputCount == 1) return Binary(Formulas.Sigmoid, (_, positive) => 1 - positive);
        return Losses.HasSeparateOutputs(model.Loss) ? ByValue(model, Formulas.Sigmoid) : ByClass(model, Formulas.Softmax);
    }

    private static PredictionPlan LogProbability(CatBoostModel model)
    {
        if (model.OutputCount == 1) return Binary(Formulas.LogSigmoid, (raw, _) => Formulas.LogSigmoid(-raw));
        return Losses.HasSeparateOutputs(model.Loss) ? ByValue(model, Formulas.LogSigmoid) : ByClass(model, Formulas.LogSoftmax);
    }

    private static PredictionPlan? Class(CatBoostModel model)
    {
        if (Losses.IsMultiLabel(model.Loss)) return MultiLabel(model);
        ClassLabels? labels = ClassLabelReader.Of(model);
        if (model.OutputCount > 1)
        {
            // Sums of models lose their words about classes; CatBoost then counts them.
            if (labels is null && model.Loss is null) labels = ClassLabelReader.Numbered(model.OutputCount);
            return labels is null ? null : ByClass(model, Largest) with { Columns = 1, Labels = labels };
        }

        if (labels is null) return null;
        (int no, int yes) = (labels.Places[0], labels.Places[1]);
        double threshold = Threshold(model);
        return new(1, (raw, rows, output) =>
        {
            for (int row = 0; row < rows; row++) output[row] = raw[row] > threshold ? yes : no;
        }, labels);
    }

    private static PredictionPlan MultiLabel(CatBoostModel model)
    {
        double threshold = Threshold(model);
        return ByValue(model, raw => raw > threshold ? 1 : 0) with { Labels = ClassLabelReader.NoYes };
    }

    /// <summary>Two columns: the class 0 one follows from the raw value and the class 1 one.</summary>
    private static PredictionPlan Binary(Func<double, double> positive, Func<double, double, double> negative) =>
        new(2, (raw, rows, output) =>
    {
        for (int row = 0; row < rows; row++)
        {
            double one = positive(raw[row]);
            output[rows + row] = one;
            output[row] = negative(raw[row], one);
        }
    });

    private static PredictionPlan ByValue(CatBoostModel model, Func<double, double> formula) =>
        ByClass(model, (raw, rows, columns, output) =>
    {
        for (int i = 0; i < rows * columns; i++) output[i] = formula(raw[i]);
    });

    /// <summary>A column per output, or per declared class in the order of the labels.</summary>
    private static PredictionPlan ByClass(CatBoostModel model, ColumnsFormula formula)
    {
        ClassLabels? labels = model.OutputCount > 1 && !Losses.IsMultiLabel(model.Loss) ? ClassLabelReader.Of(model) : null;
        int columns = labels?.Texts.Length ?? model.OutputCount;
        if (labels is null || labels.Places.SequenceEqual(Enumerable.Range(0, columns))) return new(columns, Plain);
        var declared = new DeclaredClasses(columns, labels.Places);
        return new(columns, (raw, rows, output) => declared.Use(raw, rows, output, Plain));

        void Plain(ReadOnlySpan<double> raw, int rows, Span<double> output) => formula(raw, rows, columns, output);
    }

    private static void Largest(ReadOnlySpan<double> raw, int rows, int columns, Span<double> output)
    {
        for (int row = 0; row < rows; row++) output[row] = Formulas.LargestColumn(raw, rows, row, columns);
    }

    private static void MeanAndVariance(ReadOnlySpan<double> raw, int rows, Span<double> output)
    {
        raw[..rows].CopyTo(output);
        for (int row = 0; row < rows; row++) output[rows + row] = CatBoostExp.Exp(2 * raw[rows + row]);
    }

    /// <summary>
    /// The raw value above which the answer is yes: everything with a probability threshold of 0, nothing with 1. CatBoost takes a text
    /// that is no number to it, such as one with a blank behind, for none.
    /// </summary>
    private static double Threshold(CatBoostModel model)
    {
        const NumberStyles Accepted = NumberStyles.Float & ~NumberStyles.AllowTrailingWhite;
        if (ModelJson.Text(model.Info, "binclass_probability_threshold") is not { } text
            || !double.TryParse(text, Accepted, CultureInfo.InvariantCulture, out double probability)) return 0;
        if (!(probability is >= 0 and <= 1)) Fault.Invalid($"its probability threshold is '{Fault.Shown(text)}'");
        return -Logarithm.Log((1 / probability) - 1);
    }
}
