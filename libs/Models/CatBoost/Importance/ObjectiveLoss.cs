using System.Globalization;
using System.Text.Json;
using BatchScoring.Models.CatBoost.Numerics;
using BatchScoring.Models.CatBoost.Predictions;

namespace BatchScoring.Models.CatBoost.Importance;

/// <summary>The loss that a model was trained for, row by row, smaller is better.</summary>
/// <param name="Of">A row's loss, of its raw values and its label (of several classes: the output that is its class).</param>
/// <param name="IsRoot">Whether the mean's square root is the figure.</param>
internal sealed record ObjectiveLoss(Func<double[], double, double> Of, bool IsRoot = false)
{
    private const double Delta = 1e-6;

    /// <exception cref="ModelException">The loss is not known here, needs several labels, or its model does not tell it.</exception>
    public static ObjectiveLoss For(CatBoostModel model)
    {
        Dictionary<string, double> numbers = Numbers(model);
        double Number(string name, double usual) => numbers.GetValueOrDefault(name, usual);
        return model.Loss switch
        {
            "Logloss" or "CrossEntropy" => new((raw, label) => OfOdds(raw[0], label)),
            "RMSE" => new((raw, label) => (raw[0] - label) * (raw[0] - label), IsRoot: true),
            "MAE" => new((raw, label) => 2 * OfQuantile(label - raw[0], 0.5, Number("delta", Delta))),
            "Quantile" => new((raw, label) => OfQuantile(label - raw[0], (float)Number("alpha", 0.5), Number("delta", Delta))),
            "MAPE" => new((raw, label) => Math.Abs(label - raw[0]) / Math.Max(1, Math.Abs(label))),
            "LogCosh" => new((raw, label) => OfLogCosh(Math.Abs(label - raw[0]))),
            "Poisson" => new((raw, label) => CatBoostExp.Exp(raw[0]) - (label * raw[0])),
            "Huber" => new((raw, label) => OfHuber(Math.Abs(label - raw[0]), Number("delta", 1))),
            "Expectile" => new((raw, label) => OfExpectile(label - raw[0], (float)Number("alpha", 0.5))),
            "Lq" => new((raw, label) => label == raw[0] ? 0 : CatBoostExp.Exp(Number("q", 2) * Logarithm.Log(Math.Abs(label - raw[0])))),
            "Tweedie" => new((raw, label) => OfTweedie(raw[0], label, Number("variance_power", 1.5))),
            "MultiClass" => new((raw, label) => OfSoftmax(raw, (int)label)),
            "MultiClassOneVsAll" => new((raw, label) => raw.Index().Average(one => OfOdds(one.Item, one.Index == (int)label ? 1 : 0))),
            _ => throw new ModelException(ModelErrorCodes.NoImportance,
                $"LossFunctionChange is not known for the loss {model.Loss ?? "that the model does not tell"}: it needs one label per row and a " +
                "loss that is a mean over rows. Ask for PredictionValuesChange."),
        };
    }

    private static double OfOdds(double raw, double label) =>
        Math.Max(raw, 0) + Logarithm.Log(1 + CatBoostExp.Exp(-Math.Abs(raw))) - (label * raw);

    private static double OfQuantile(double error, double alpha, double delta)
    {
        double size = Math.Abs(error);
        return size < delta ? 0 : error > 0 ? alpha * (size - delta) : (1 - alpha) * (size - delta);
    }

    private static double OfLogCosh(double size) => size + Logarithm.Log((1 + CatBoostExp.Exp(-2 * size)) / 2);

    private static double OfHuber(double size, double delta) => size < delta ? 0.5 * size * size : delta * (size - (0.5 * delta));

    private static double OfExpectile(double error, double alpha) => (error > 0 ? alpha : 1 - alpha) * error * error;

    private static double OfTweedie(double raw, double label, double power) =>
        (CatBoostExp.Exp((2 - power) * raw) / (2 - power)) - (label * CatBoostExp.Exp((1 - power) * raw) / (1 - power));

    private static double OfSoftmax(double[] raw, int label)
    {
        double largest = raw.Max();
        return Logarithm.Log(raw.Sum(value => CatBoostExp.Exp(value - largest))) - (raw[label] - largest);
    }

    /// <summary>The loss's own numbers, as <c>alpha</c> of Quantile:alpha=0.3; the model holds them as texts.</summary>
    private static Dictionary<string, double> Numbers(CatBoostModel model) => ModelJson.Text(model.Info, "params") is not { } json ? []
        : ModelJson.Parse("params", json, root =>
            ModelJson.Find(root, "loss_function") is { } loss && ModelJson.Find(loss, "params") is { ValueKind: JsonValueKind.Object } found
                ? found.EnumerateObject().Where(member => double.TryParse(member.Value.ToString(), CultureInfo.InvariantCulture, out _))
                    .ToDictionary(member => member.Name, member => double.Parse(member.Value.ToString(), CultureInfo.InvariantCulture),
                        StringComparer.Ordinal)
                : null) ?? [];
}
