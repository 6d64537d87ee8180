namespace BatchScoring.Training.Metrics;

/// <summary>Finds metrics by their names; which there are depends on what a loss's raw values mean.</summary>
internal static class MetricCatalogue
{
    private const double UsualDelta = 1e-6;

    /// <summary>Metrics of one raw value per row.</summary>
    private static readonly Dictionary<string, Func<MetricText, IMetric>> OfOne = new(StringComparer.Ordinal)
    {
        ["Logloss"] = text => Table(text, false, LogLoss.Of),
        ["CrossEntropy"] = text => Table(text, false, LogLoss.Of),
        ["Focal"] = text => Mean(
            text, RowLosses.Focal((float)text.Number("focal_alpha"), (float)text.Number("focal_gamma")), "focal_alpha", "focal_gamma"),
        ["BrierScore"] = text => Mean(text, RowLosses.Brier),
        ["HingeLoss"] = text => Mean(text, RowLosses.Hinge),
        ["AUC"] = text => Table(text, true, RocCurve.Area, "type"),
        ["NormalizedGini"] = text => Table(text, true, RocCurve.Gini),
        ["PRAUC"] = text => Table(text, true, PrecisionRecallCurve.Area),
        ["Accuracy"] = text => Cells(text, true, cells => cells.Accuracy),
        ["ZeroOneLoss"] = text => Cells(text, false, cells => 1 - cells.Accuracy),
        ["HammingLoss"] = text => Cells(text, false, cells => 1 - cells.Accuracy),
        ["Precision"] = text => Cells(text, true, cells => cells.Precision(1)),
        ["Recall"] = text => Cells(text, true, cells => cells.Recall(1)),
        ["F1"] = text => Cells(text, true, cells => cells.F1(1)),
        ["F"] = text => Cells(text, true, cells => cells.F(1, text.Number("beta")), "beta"),
        ["TotalF1"] = text => Cells(text, true, cells => cells.TotalF1),
        ["BalancedAccuracy"] = text => Cells(text, true, cells => cells.BalancedAccuracy),
        ["BalancedErrorRate"] = text => Cells(text, false, cells => 1 - cells.BalancedAccuracy),
        ["MCC"] = text => Cells(text, true, cells => cells.Mcc),
        ["Kappa"] = text => Cells(text, true, cells => cells.Kappa((own, said) => own == said ? 0 : 1)),
        ["WKappa"] = text => Cells(text, true, cells => cells.Kappa((own, said) => (own - said) * (own - said))),
        ["CtrFactor"] = text => Table(text, false, TableLosses.CtrFactor),
        ["LogLikelihoodOfPrediction"] = text => Table(text, true, TableLosses.LogLikelihood),
        ["RMSE"] = text => new MeanMetric(RowLosses.Squared, Math.Sqrt).Known(text),
        ["MAE"] = text => Mean(text, RowLosses.Quantile(0.5, text.Number("delta", UsualDelta), 2), "delta"),
        ["Quantile"] = text => Mean(
            text, RowLosses.Quantile(text.Number("alpha", 0.5), text.Number("delta", UsualDelta)), "alpha", "delta"),
        ["Expectile"] = text => Mean(text, RowLosses.Expectile((float)text.Number("alpha", 0.5)), "alpha"),
        ["MAPE"] = text => Mean(text, RowLosses.Mape),
        ["SMAPE"] = text => Table(text, false, TableLosses.Smape),
        ["Huber"] = text => Mean(text, RowLosses.Huber(text.Number("delta")), "delta"),
        ["Lq"] = text => Mean(text, RowLosses.Lq((float)text.Number("q")), "q"),
        ["LogCosh"] = text => Table(text, false, TableLosses.LogCosh),
        ["Poisson"] = text => Mean(text, RowLosses.Poisson),
        ["Tweedie"] = text => Mean(text, RowLosses.Tweedie((float)text.Number("variance_power")), "variance_power"),
        ["R2"] = text => Table(text, true, TableLosses.R2),
        ["MSLE"] = text => Mean(text, RowLosses.Msle),
        ["MedianAbsoluteError"] = text => Table(text, false, TableLosses.MedianAbsoluteError),
        ["NumErrors"] = text => Mean(text, RowLosses.Errors(text.Number("greater_than")), "greater_than"),
        ["FairLoss"] = text => Mean(text, RowLosses.Fair(text.Number("smoothness")), "smoothness"),
    };

    /// <summary>Metrics of one raw value per class.</summary>
    private static readonly Dictionary<string, Func<MetricText, IMetric>> OfClasses = new(StringComparer.Ordinal)
    {
        ["MultiClass"] = text => Table(text, false, TableLosses.MultiClass),
        ["MultiClassOneVsAll"] = text => Table(text, false, TableLosses.OneVsAll),
        ["HingeLoss"] = text => Table(text, false, TableLosses.MultiHinge),
        ["AUC"] = text => Table(text, true, RocCurve.Mu, "type"),
        ["Accuracy"] = OfOne["Accuracy"],
        ["ZeroOneLoss"] = OfOne["ZeroOneLoss"],
        ["HammingLoss"] = OfOne["HammingLoss"],
        ["TotalF1"] = OfOne["TotalF1"],
        ["MCC"] = OfOne["MCC"],
        ["Kappa"] = OfOne["Kappa"],
        ["WKappa"] = OfOne["WKappa"],
    };

    /// <summary>Metrics of a single class.</summary>
    private static readonly Dictionary<string, Func<MetricRows, int, double>> OfClass = new(StringComparer.Ordinal)
    {
        ["Precision"] = (rows, one) => new Confusion(rows).Precision(one),
        ["Recall"] = (rows, one) => new Confusion(rows).Recall(one),
        ["F1"] = (rows, one) => new Confusion(rows).F1(one),
    };

    /// <summary>The loss itself, where it has several outputs that are no classes.</summary>
    private static readonly Dictionary<string, Func<MetricText, IMetric>> OfSeveral = new(StringComparer.Ordinal)
    {
        ["MultiRMSE"] = text => Table(text, false, TableLosses.MultiRmse),
        ["RMSEWithUncertainty"] = text => Table(text, false, TableLosses.Uncertainty),
        ["MultiLogloss"] = text => Table(text, false, TableLosses.MultiLogloss),
        ["MultiCrossEntropy"] = text => Table(text, false, TableLosses.MultiLogloss),
    };

    /// <summary>The metrics that a name stands for: one, or one for every class.</summary>
    /// <param name="text">The metric.</param>
    /// <param name="loss">What is trained.</param>
    /// <param name="outputs">Raw values per row.</param>
    public static IEnumerable<(IMetric Metric, (string Name, string Value)[] Settings)> Find(
        MetricText text, LossFunction loss, int outputs)
    {
        bool hasClasses = loss is LossFunction.MultiClass or LossFunction.MultiClassOneVsAll;
        if (hasClasses && OfClass.TryGetValue(text.Name, out Func<MetricRows, int, double>? ofClass))
            return PerClass(text, outputs, ofClass);
        if (hasClasses && text is { Name: "AUC" } && text.Word("type") == "OneVsAll")
            return PerClass(text, outputs, RocCurve.OfClass, "type");
        Dictionary<string, Func<MetricText, IMetric>> known = hasClasses ? OfClasses : outputs == 1 ? OfOne : OfSeveral;
        return known.TryGetValue(text.Name, out Func<MetricText, IMetric>? make) && (known != OfSeveral || text.Name == loss.ToString())
            ? [(make(text), [])]
            : throw MetricErrors.Unknown(text.Name, loss, [.. (hasClasses ? known.Keys.Concat(OfClass.Keys)
                : known == OfSeveral ? [loss.ToString()] : known.Keys).Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<(IMetric Metric, (string Name, string Value)[] Settings)> PerClass(
        MetricText text, int classes, Func<MetricRows, int, double> value, params string[] settings)
    {
        text.Check(settings);
        return Enumerable.Range(0, classes).Select(one => ((IMetric)new TableMetric(true, rows => value(rows, one)), new[]
        {
            ("class", one.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        }));
    }

    private static MeanMetric Mean(MetricText text, Func<double, float, double> value, params string[] settings) =>
        new MeanMetric(value).Known(text, settings);

    private static TableMetric Table(MetricText text, bool isLargerBetter, Func<MetricRows, double> value, params string[] settings) =>
        new TableMetric(isLargerBetter, value).Known(text, settings);

    private static TableMetric Cells(MetricText text, bool isLargerBetter, Func<Confusion, double> value, params string[] settings) =>
        Table(text, isLargerBetter, rows => value(new Confusion(rows)), settings);

    private static TMetric Known<TMetric>(this TMetric metric, MetricText text, params string[] settings)
        where TMetric : IMetric
    {
        text.Check(settings);
        return metric;
    }
}
