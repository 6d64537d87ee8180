using System.Globalization;
using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Metrics;

/// <summary>What a training measures: the eval metric, the loss, and what else was asked for.</summary>
internal static class Measures
{
    private static readonly string[] UnweightedByDefault = ["AUC"], AlwaysWeighted = ["Kappa", "WKappa"],
        NeverWeighted = ["MedianAbsoluteError"], NotOnLearn = ["AUC", "NormalizedGini", "MedianAbsoluteError"];

    /// <summary>Of a row with two labels, of the second of two classes: what has several outputs has two of them then.</summary>
    private static readonly float[][] TwoLabels = [[1], [1]];

    /// <summary>Looks whether all names are known, before there are rows.</summary>
    /// <exception cref="TrainingException">One is not, or has settings that it must not have.</exception>
    public static void Check(TrainingParameters parameters) =>
        Of(parameters, LossObjectives.Outputs(parameters.Loss.Function, TwoLabels), hasWeights: false);

    /// <param name="parameters">Names of metrics.</param>
    /// <param name="outputs">Raw values per row.</param>
    /// <param name="hasWeights">Whether rows have weights: what is asked for besides is measured with and without then.</param>
    /// <returns>The eval metric first.</returns>
    public static Measure[] Of(TrainingParameters parameters, int outputs, bool hasWeights)
    {
        LossFunction loss = parameters.Loss.Function;
        MetricText own = Of(parameters.Loss), eval = parameters.EvalMetric is null ? own
            : MetricText.Parse(parameters.EvalMetric);
        static bool IsIn(string[] names, MetricText text) => names.Contains(text.Name, StringComparer.Ordinal);
        if (eval.Name == "CtrFactor") throw MetricErrors.NoEvalMetric(eval.Name);
        MetricText[] main = own.ToString() == eval.ToString() ? [eval] : [eval, own];
        return
        [
            .. main.SelectMany(text =>
                Make(text, text.UsesWeights ?? !IsIn(UnweightedByDefault, text), isNamed: text.UsesWeights is not null)),
            .. parameters.CustomMetrics.Select(MetricText.Parse).Where(text => !main.Any(one => one.ToString() == text.ToString())
                || text.UsesWeights is not null).SelectMany(Custom),
        ];

        IEnumerable<Measure> Custom(MetricText text)
        {
            if (IsIn(AlwaysWeighted, text) || IsIn(NeverWeighted, text)) return Make(text, IsIn(AlwaysWeighted, text), isNamed: false);
            if (text.UsesWeights is { } uses) return Make(text, uses, isNamed: true);
            if (!hasWeights) return Make(text, usesWeights: true, isNamed: false);
            return IsIn(UnweightedByDefault, text) ? Make(text, usesWeights: false, isNamed: false)
                : [.. Make(text, usesWeights: true, isNamed: true), .. Make(text, usesWeights: false, isNamed: true)];
        }

        IEnumerable<Measure> Make(MetricText text, bool usesWeights, bool isNamed) =>
            MetricCatalogue.Find(text, loss, outputs).Select(found => new Measure(
                text.Logged(isNamed ? usesWeights : null, found.Settings), found.Metric, usesWeights,
                text.IsMeasuredOnLearn ?? !IsIn(NotOnLearn, text)));
    }

    private static MetricText Of(Loss loss) => new(
        loss.Function.ToString(), [.. loss.Numbers.Select(one => (one.Key, one.Value.ToString(CultureInfo.InvariantCulture)))]);
}
