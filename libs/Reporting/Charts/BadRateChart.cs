using BatchScoring.Statistics;

namespace BatchScoring.Reporting;

/// <summary>
/// The share of bads in each group of the gain table, riskiest first, with its 95 % interval. Bars should fall from left to right; where
/// one does not, the scores rank two groups the wrong way round, and the bar says so.
/// </summary>
public sealed record BadRateChart : Chart
{
    /// <summary>The gain table.</summary>
    public required IReadOnlyList<GainRow> Groups { get; init; }

    internal override IReadOnlyList<(Ink Ink, string Name)> Legend => Groups.Any(g => g.BreaksRankOrder)
        ? [(Ink.First, "bad rate"), (Ink.Alarm, "breaks rank order"), (Ink.Reference, "all rows")]
        : [(Ink.First, "bad rate"), (Ink.Reference, "all rows")];

    private double Overall => Groups.Sum(g => g.Bads) / (double)Groups.Sum(g => g.Rows);

    internal override string Summary()
    {
        int[] breaks = [.. Groups.Where(g => g.BreaksRankOrder).Select(g => g.Group)];
        return $"From {Figures.Percent(Groups[0].BadRate)} in the riskiest group to {Figures.Percent(Groups[^1].BadRate)} in the safest; " +
            $"{Figures.Percent(Overall)} over all rows. " + breaks.Length switch
            {
                0 => "Rank order holds in every group.",
                1 => $"Rank order breaks at group {breaks[0]}.",
                _ => $"Rank order breaks at groups {string.Join(", ", breaks)}.",
            };
    }

    internal override ReportTable Table() => new(
        Title,
        [new("Group", true), new("Bad rate", true), new("95 % from", true), new("to", true)],
        [.. Groups.Select(g => new ReportRow(
            [Figures.Count(g.Group), Figures.Percent(g.BadRate), Figures.Percent(IntervalOf(g).Lower),
                Figures.Percent(IntervalOf(g).Upper)],
            GainChart.MarkOf(g)))]);

    internal override void Draw(ICanvas canvas)
    {
        int last = Groups.Max(g => g.Group);
        var plot = new Plot(canvas, (0.4, last + 0.6), (0, Math.Min(1, Ticks.RoundUp(Groups.Max(g => IntervalOf(g).Upper)))));
        plot.DrawY("Bad rate", Figures.Whole);
        double half = (plot.X(1) - plot.X(0)) * 0.36;
        foreach (GainRow g in Groups)
        {
            double x = plot.X(g.Group), top = plot.Y(g.BadRate);
            (double lower, double upper) = IntervalOf(g);
            canvas.Bar(x - half, top, 2 * half, plot.Y(0) - top, g.BreaksRankOrder ? Ink.Alarm : Ink.First,
                $"Group {g.Group}: {Figures.Count(g.Bads)} bads of {Figures.Count(g.Rows)} = {Figures.Percent(g.BadRate)}");
            canvas.Line(x, plot.Y(lower), x, plot.Y(upper), Ink.Interval);
            canvas.Line(x - 3, plot.Y(lower), x + 3, plot.Y(lower), Ink.Interval);
            canvas.Line(x - 3, plot.Y(upper), x + 3, plot.Y(upper), Ink.Interval);
        }
        canvas.Polyline([(plot.Left, plot.Y(Overall)), (plot.Right, plot.Y(Overall))], Ink.Reference);
        plot.DrawX("Group, 1 = riskiest", v => Figures.Count((long)v), Enumerable.Range(1, last).Select(g => (double)g));
    }

    private static WilsonInterval IntervalOf(GainRow group) => WilsonInterval.Of(group.Bads, group.Rows);
}
