using BatchScoring.Statistics;

namespace BatchScoring.Reporting;

/// <summary>
/// Cumulative gains: the share of all bads that is found when rows are looked at riskiest first, against looking in any order. Its table is
/// the gain table.
/// </summary>
public sealed record GainChart : Chart
{
    /// <summary>The gain table.</summary>
    public required IReadOnlyList<GainRow> Groups { get; init; }

    internal override bool TableStands => true;

    internal override IReadOnlyList<(Ink Ink, string Name)> Legend =>
        [(Ink.First, "model"), (Ink.Reference, "any order"), (Ink.Interval, "perfect")];

    /// <summary>The mark of a row that breaks the rank order, or null.</summary>
    internal static string? MarkOf(GainRow group) => group.BreaksRankOrder ? "breaks rank order" : null;

    internal override string Summary() =>
        $"The riskiest {Figures.Percent(ShareUpTo(0))} of the rows hold {Figures.Percent(Groups[0].CumulativeBads)} of the bads, " +
        $"{Figures.Factor(Groups[0].Lift)} their share among all rows.";

    internal override ReportTable Table() => new(
        "Gain table",
        [
            new("Group", true), new("Rows", true), new("Bad rate", true), new("Score from", true), new("to", true), new("Bads", true),
            new("Goods", true), new("Cum. bads", true), new("Cum. goods", true), new("KS", true), new("Lift", true),
            new("Cum. lift", true),
        ],
        [.. Groups.Select(g => new ReportRow(
            [
                Figures.Count(g.Group), Figures.Count(g.Rows), Figures.Percent(g.BadRate), Figures.Score(g.MinScore),
                    Figures.Score(g.MaxScore),
                Figures.Count(g.Bads), Figures.Count(g.Goods), Figures.Percent(g.CumulativeBads), Figures.Percent(g.CumulativeGoods),
                Figures.Metric(g.Ks), Figures.Factor(g.Lift), Figures.Factor(g.CumulativeLift),
            ],
            MarkOf(g)))]);

    internal override void Draw(ICanvas canvas)
    {
        var plot = new Plot(canvas, (0, 1), (0, 1));
        plot.DrawY("Bads found", Figures.Whole);
        double bads = Groups.Sum(g => g.Bads) / (double)Groups.Sum(g => g.Rows);
        (double X, double Y)[] curve =
            [(plot.X(0), plot.Y(0)), .. Groups.Select((g, i) => (plot.X(ShareUpTo(i)), plot.Y(g.CumulativeBads)))];

        canvas.Area([.. curve, (plot.X(1), plot.Y(0))], Ink.Shade);
        canvas.Polyline([(plot.X(0), plot.Y(0)), (plot.X(1), plot.Y(1))], Ink.Reference);
        canvas.Polyline([(plot.X(0), plot.Y(0)), (plot.X(bads), plot.Y(1)), (plot.X(1), plot.Y(1))], Ink.Interval);
        plot.DrawX("Rows looked at, riskiest first", Figures.Whole, [0, 0.2, 0.4, 0.6, 0.8, 1]);
        canvas.Polyline(curve, Ink.First);
        for (int i = 0; i < Groups.Count; i++)
        {
            GainRow g = Groups[i];
            canvas.Dot(curve[i + 1].X, curve[i + 1].Y, 3, g.BreaksRankOrder ? Ink.Alarm : Ink.First,
                $"Riskiest {Figures.Percent(ShareUpTo(i))} of the rows: {Figures.Percent(g.CumulativeBads)} of the bads");
        }
    }

    private double ShareUpTo(int group) => Groups.Take(group + 1).Sum(g => g.Rows) / (double)Groups.Sum(g => g.Rows);
}
