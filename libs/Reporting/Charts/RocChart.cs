using BatchScoring.Statistics;

namespace BatchScoring.Reporting;

/// <summary>The ROC curve against the diagonal of a coin, with the place where the gap (KS) is widest.</summary>
public sealed record RocChart : Chart
{
    /// <summary>From (0, 0) to (1, 1), left to right.</summary>
    public required IReadOnlyList<RocPoint> Points { get; init; }

    /// <summary>Area under the curve, exact.</summary>
    public required double Auc { get; init; }

    /// <summary>The widest gap between the curve and the diagonal, exact.</summary>
    public required KolmogorovSmirnov Ks { get; init; }

    /// <summary>True when two decimals are all that the figures bear.</summary>
    public bool IsRough { get; init; }

    internal override IReadOnlyList<(Ink Ink, string Name)> Legend => [(Ink.First, "model"), (Ink.Reference, "no use: AUC 0.5")];

    internal override string Summary() =>
        $"AUC {Digits(Auc)}. Where the gap is widest (KS {Digits(Ks.Value)}), " +
        $"{Figures.Percent(Ks.BadsAbove)} of the bads and {Figures.Percent(Ks.GoodsAbove)} of the goods score above " +
        $"{Figures.Score(Ks.Score)}.";

    internal override ReportTable Table() => new(
        Title,
        [new("Goods above the cut-off", true), new("Bads above the cut-off", true), new("Cut-off score", true)],
        [.. Enumerable.Range(0, 11).Select(i => i / 10.0).Select(rate => Points.Last(p => p.FalsePositiveRate <= rate))
            .Select(p => new ReportRow(
                [Figures.Percent(p.FalsePositiveRate), Figures.Percent(p.TruePositiveRate), Figures.Score(p.Score)]))]);

    internal override void Draw(ICanvas canvas)
    {
        var plot = new Plot(canvas, (0, 1), (0, 1), square: true);
        (double X, double Y)[] curve = [.. Points.Select(p => (plot.X(p.FalsePositiveRate), plot.Y(p.TruePositiveRate)))];
        plot.DrawY("Bads above the cut-off", Figures.Whole);
        canvas.Area([.. curve, (plot.X(1), plot.Y(0))], Ink.Shade);
        canvas.Polyline([(plot.X(0), plot.Y(0)), (plot.X(1), plot.Y(1))], Ink.Reference);
        plot.DrawX("Goods above the cut-off", Figures.Whole, [0, 0.2, 0.4, 0.6, 0.8, 1]);

        double x = plot.X(Ks.GoodsAbove), y = plot.Y(Ks.BadsAbove);
        canvas.Line(x, y, x, plot.Y(Ks.GoodsAbove), Ink.Interval);
        canvas.Polyline(curve, Ink.First);
        canvas.Dot(x, y, 3.5, Ink.First, $"KS {Digits(Ks.Value)} at score {Figures.Score(Ks.Score)}");

        double words = plot.Right + 16;
        Words(canvas, words, plot.Y(0.92), "AUC", Digits(Auc));
        Words(canvas, words, plot.Y(0.70), "Gini", Digits((2 * Auc) - 1));
        Words(canvas, words, plot.Y(0.48), "KS", Digits(Ks.Value));
        Words(canvas, words, plot.Y(0.26), "KS at score", Figures.Score(Ks.Score));
    }

    private string Digits(double value) => IsRough ? Figures.Rough(value) : Figures.Metric(value);

    private static void Words(ICanvas canvas, double x, double y, string name, string value)
    {
        canvas.Text(x, y, name, Align.Start, Ink.Muted);
        canvas.Text(x, y + 16, value, Align.Start, Ink.Text);
    }
}
