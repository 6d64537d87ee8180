using System.Globalization;
using BatchScoring.Statistics;

namespace BatchScoring.Reporting;

/// <summary>
/// What a report says about probabilities whose outcomes are known: figures and pictures, in the order that risk teams read them.
/// </summary>
public static class Evaluation
{
    private const int HistogramBins = 200;

    /// <summary>By habit, the fewest bads (or goods) that figures are trusted from.</summary>
    private const int FewRows = 50;

    /// <summary>ROC points closer than a third of a pixel add nothing to a chart 200 units wide.</summary>
    private const double RocTolerance = 1.0 / 600;

    /// <summary>AUC, Gini, KS, Logloss, Brier.</summary>
    /// <param name="probabilities">Probabilities of bad with outcomes.</param>
    /// <exception cref="StatisticsException">Code <c>STATISTICS_NOT_PROBABILITY</c>.</exception>
    public static IReadOnlyList<ReportMetric> Metrics(RankedScores probabilities)
    {
        KolmogorovSmirnov ks = Discrimination.Ks(probabilities);
        // Bads and goods that are apart in full leave no variance, and then the interval says nothing.
        AucInterval? auc = AucInterval.Of(probabilities) is { Variance: > 0 } known ? known : null;
        var gap = KsInterval.Of(probabilities);
        ReportMetric[] metrics =
        [
            new("AUC", Discrimination.Auc(probabilities),
                "Chance that a bad scores above a good; 0.5\u00A0=\u00A0no\u00A0use, 1\u00A0=\u00A0perfect",
                Lower: auc?.Lower, Upper: auc?.Upper),
            new("Gini", Discrimination.Gini(probabilities),
                "2\u00A0·\u00A0AUC\u00A0−\u00A01; 0\u00A0=\u00A0no\u00A0use, 1\u00A0=\u00A0perfect",
                Lower: (2 * auc?.Lower) - 1, Upper: (2 * auc?.Upper) - 1),
            new("KS", ks.Value, "Widest gap between bads and goods; higher is better", $"at score {Figures.Score(ks.Score)}", gap.Lower,
                gap.Upper),
            new("Logloss", ProbabilityLoss.Logloss(probabilities), "Surprise per row, in nats; lower is better"),
            new("Brier", ProbabilityLoss.Brier(probabilities), "Mean squared error of the probability; lower is better"),
        ];
        return [.. metrics.Select(metric => metric with { FewRows = AreFew(probabilities) })];
    }

    private static bool AreFew(RankedScores ranked) => Math.Min(ranked.Bads, ranked.Goods) < FewRows;

    /// <summary>What a reader of these figures must not miss: a score that points the other way, too few rows to tell.</summary>
    /// <param name="auc">The area under the curve.</param>
    /// <param name="bads">Rows with label 1.</param>
    /// <param name="goods">Rows with label 0.</param>
    /// <param name="label">The label's name.</param>
    /// <returns>One sentence each; none when there is nothing to mind.</returns>
    public static IReadOnlyList<string> Cautions(double auc, long bads, long goods, string label)
    {
        var cautions = new List<string>();
        if (auc < 0.5)
            cautions.Add(string.Create(CultureInfo.InvariantCulture,
                $"The score points the other way, or 1 does not mean bad in {label}: AUC {auc:0.00} is below 0.5, so bads score lower " +
                $"than goods. KS does not show this."));
        if (Math.Min(bads, goods) < FewRows)
        {
            string known = (bads, goods) switch
            {
                ( <= 1, _) when bads <= goods => bads == 1 ? "1 bad is" : "0 bads are",
                (_, 1) => "1 good is",
                _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(bads, goods):N0} {(bads <= goods ? "bads" : "goods")} are"),
            };
            cautions.Add(
                $"Only {known} known, fewer than {FewRows}: AUC, KS and bad rates are rough. Read their intervals, and decide nothing by " +
                "them alone.");
        }

        return cautions;
    }

    /// <summary>Σp ÷ bads, slope, and the test over ten groups: whether the probabilities are right, not only in the right order.</summary>
    /// <param name="probabilities">Probabilities of bad with outcomes.</param>
    /// <param name="edges">Where bands end, ascending; empty for the ten groups of the gain table.</param>
    /// <param name="names">The bands' names, one more than edges; empty to name them by their range.</param>
    public static ReportTable CalibrationTable(RankedScores probabilities, IReadOnlyList<double> edges, IReadOnlyList<string> names)
    {
        if (edges.Count == 0) edges = [.. GainTable.Create(probabilities).Select(group => group.MinScore).Reverse().Skip(1)];
        CalibrationBand[] bands = [.. Calibration.ByBand(probabilities, edges)];
        return new ReportTable(
            "Calibration",
            [new("Band"), new("Rows", true), new("Predicted", true), new("Bad rate", true), new("95 % from", true), new("to", true),
                new("Bads", true), new("Jeffreys p", true)],
            [.. bands.Select((band, i) => (Band: band, Name: names.Count > i ? names[i] : Range(band))).Where(b => b.Band.Rows > 0)
                .Select(b => Row(b.Name, b.Band))],
            CalibrationNote(probabilities));
    }

    private static ReportRow Row(string name, CalibrationBand band)
    {
        var interval = WilsonInterval.Of(band.Bads, band.Rows);
        double p = band.Jeffreys;
        return new ReportRow(
            [
                name, Figures.Count(band.Rows), Figures.Percent(band.MeanProbability), Figures.Percent(band.BadRate),
                    Figures.Percent(interval.Lower),
                Figures.Percent(interval.Upper), Figures.Count(band.Bads), Figures.Score(p),
            ],
            p < 0.05 ? "promised too little" : p > 0.95 ? "promised too much" : null);
    }

    private static string Range(CalibrationBand band) => double.IsInfinity(band.To)
        ? $"from {Figures.Score(band.From)}"
        : double.IsInfinity(band.From) ? $"below {Figures.Score(band.To)}" : $"{Figures.Score(band.From)} to {Figures.Score(band.To)}";

    private static string CalibrationNote(RankedScores probabilities)
    {
        string note = $"Predicted bads ÷ known bads = {Figures.Rough(Calibration.InTheLarge(probabilities))} (1 = right on the whole).";
        if (Calibration.Line(probabilities) is { } line)
            note += $" Slope {Figures.Rough(line.Slope)} (1 = right), intercept {Figures.Rough(line.Intercept)} (0 = right).";
        if (Calibration.Test(probabilities) is { } test)
            note += $" Hosmer–Lemeshow over {test.Degrees + 2} groups: p = {Figures.Score(test.PValue)} (below 0.05: the probabilities " +
            "are off).";
        return note + " Jeffreys p: below 0.05 more bads came than promised, above 0.95 fewer.";
    }

    /// <summary>Score histogram by outcome, ROC curve, bad rate by group, cumulative gains with the gain table.</summary>
    /// <param name="probabilities">Probabilities of bad with outcomes.</param>
    public static IReadOnlyList<Chart> Charts(RankedScores probabilities)
    {
        IReadOnlyList<GainRow> groups = GainTable.Create(probabilities);
        return
        [
            new HistogramChart { Title = "Scores by outcome", Series = ByOutcome(probabilities) },
            new RocChart
            {
                Title = "ROC curve",
                Points = RocCurve.Create(probabilities, RocTolerance),
                Auc = Discrimination.Auc(probabilities),
                Ks = Discrimination.Ks(probabilities),
                IsRough = Metrics(probabilities)[0].IsRough,
            },
            new BadRateChart { Title = "Bad rate by group", Groups = groups },
            new GainChart { Title = "Cumulative gains", Groups = groups },
        ];
    }

    private static HistogramSeries[] ByOutcome(RankedScores ranked)
    {
        ScoreHistogram goods = new(0, 1, HistogramBins), bads = new(0, 1, HistogramBins);
        for (int i = 0; i < ranked.Scores.Length; i++)
        {
            goods.Add(ranked.Scores[i], ranked.GoodCounts[i]);
            bads.Add(ranked.Scores[i], ranked.BadCounts[i]);
        }
        return [new("goods", goods), new("bads", bads)];
    }
}
