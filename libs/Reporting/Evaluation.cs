using BatchScoring.Statistics;

namespace BatchScoring.Reporting;

/// <summary>What a report says about probabilities whose outcomes are known: figures and pictures, in the order that risk teams read them.</summary>
public static class Evaluation
{
    private const int HistogramBins = 200;

    /// <summary>ROC points closer than a third of a pixel add nothing to a chart 200 units wide.</summary>
    private const double RocTolerance = 1.0 / 600;

    /// <summary>AUC, Gini, KS, Logloss, Brier.</summary>
    /// <param name="probabilities">Probabilities of bad with outcomes.</param>
    /// <exception cref="StatisticsException">Code <c>STATISTICS_NOT_PROBABILITY</c>.</exception>
    public static IReadOnlyList<ReportMetric> Metrics(RankedScores probabilities)
    {
        KolmogorovSmirnov ks = Discrimination.Ks(probabilities);
        return
        [
            new("AUC", Discrimination.Auc(probabilities), "Chance that a bad scores above a good; 0.5\u00A0=\u00A0no\u00A0use, 1\u00A0=\u00A0perfect"),
            new("Gini", Discrimination.Gini(probabilities), "2\u00A0·\u00A0AUC\u00A0−\u00A01; 0\u00A0=\u00A0no\u00A0use, 1\u00A0=\u00A0perfect"),
            new("KS", ks.Value, "Widest gap between bads and goods; higher is better", $"at score {Figures.Score(ks.Score)}"),
            new("Logloss", ProbabilityLoss.Logloss(probabilities), "Surprise per row, in nats; lower is better"),
            new("Brier", ProbabilityLoss.Brier(probabilities), "Mean squared error of the probability; lower is better"),
        ];
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
