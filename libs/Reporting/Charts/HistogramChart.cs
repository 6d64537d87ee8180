using BatchScoring.Statistics;

namespace BatchScoring.Reporting;

/// <summary>
/// How the scores are spread: one or two groups of rows, stacked. Drawn over the range that holds rows, in at most 50 bars.
/// </summary>
public sealed record HistogramChart : Chart
{
    private const int MaxBars = 50;

    /// <summary>One series, or two (goods, bads) with the same bins; the last is drawn at the base, where its own shape shows.</summary>
    public required IReadOnlyList<HistogramSeries> Series { get; init; }

    internal override IReadOnlyList<(Ink Ink, string Name)> Legend =>
        Series.Count == 1 ? [] : [.. Series.Select((s, i) => (InkOf(i), s.Name))];

    private ScoreHistogram First => Series[0].Values;

    internal override string Summary()
    {
        long total = Series.Sum(s => s.Values.Total);
        List<Bar> bars = Bars();
        if (bars.Count == 0) return "No scores within the range of the histogram." + Outside();
        Bar highest = bars.MaxBy(b => b.Total)!;
        string rows = total == 1 ? "1 row" : $"{Figures.Count(total)} {string.Join(" and ", Series.Select(s => s.Name))}";
        // Where no bar holds two rows, none holds the most.
        string most = highest.Total == 1 ? "" : $"; most, {Figures.Count(highest.Total)}, lie between {Figures.Tick(highest.From)} and " +
            Figures.Tick(highest.To);
        return $"{rows} by score, from {Figures.Tick(bars[0].From)} to {Figures.Tick(bars[^1].To)}{most}." + Outside();
    }

    internal override ReportTable Table() => new(
        Title,
        [new("Score from", true), new("to", true), .. Series.Select(s => new ReportColumn(Capital(s.Name), true))],
        [.. Bars().Select(b => new ReportRow(
            [Figures.Tick(b.From), Figures.Tick(b.To), .. b.Counts.Select(Figures.Count)]))]);

    internal override void Draw(ICanvas canvas)
    {
        List<Bar> bars = Bars();
        if (bars.Count == 0) return;
        var plot = new Plot(canvas, (bars[0].From, bars[^1].To), (0, Ticks.RoundUp(bars.Max(b => b.Total))));
        plot.DrawY("Rows", v => Figures.Count((long)v), whole: true);
        foreach (Bar bar in bars)
        {
            double x = plot.X(bar.From), width = plot.X(bar.To) - x, gap = Math.Min(1, width / 8);
            long below = 0;
            for (int s = Series.Count - 1; s >= 0; s--)
            {
                if (bar.Counts[s] == 0) continue;
                double top = plot.Y(below + bar.Counts[s]);
                canvas.Bar(x + (gap / 2), top, width - gap, plot.Y(below) - top, InkOf(s),
                    $"{Figures.Tick(bar.From)} to {Figures.Tick(bar.To)}: {Figures.Count(bar.Counts[s])} {Series[s].Name}");
                below += bar.Counts[s];
            }
        }
        plot.DrawX("Score", Figures.Tick);
    }

    private static Ink InkOf(int series) => series == 0 ? Ink.First : Ink.Second;

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Neighbouring bins joined, so that a histogram counted finely is still a picture of a hand's width.</summary>
    private List<Bar> Bars()
    {
        int bins = First.Counts.Count;
        int[] filled = [.. Enumerable.Range(0, bins).Where(b => Series.Any(s => s.Values.Counts[b] > 0))];
        var bars = new List<Bar>();
        if (filled.Length == 0) return bars;
        // Round numbers of bins, so that bars begin at round scores.
        int join = (int)Ticks.RoundUp(((filled[^1] - filled[0]) / MaxBars) + 1);
        for (int from = filled[0] / join * join; from <= filled[^1]; from += join)
        {
            int start = from, end = Math.Min(from + join, bins);
            bars.Add(new Bar(First.Edge(start), First.Edge(end),
                [.. Series.Select(s => Enumerable.Range(start, end - start).Sum(b => s.Values.Counts[b]))]));
        }
        return bars;
    }

    private string Outside()
    {
        long below = Series.Sum(s => s.Values.Below), above = Series.Sum(s => s.Values.Above), missing = Series.Sum(s => s.Values.Missing);
        return (below + above == 0 ? "" : $" Not drawn: {Figures.Count(below)} below and {Figures.Count(above)} above the range.")
            + (missing == 0 ? "" : $" Without a score: {Figures.Count(missing)}.");
    }

    private sealed record Bar(double From, double To, long[] Counts)
    {
        public long Total => Counts.Sum();
    }
}
