using System.Globalization;

namespace BatchScoring.Reporting;

/// <summary>How long the last runs took, one bar each, with what is usual and what was promised.</summary>
public sealed record DurationChart : Chart
{
    /// <summary>The runs, oldest first; the last is the one that this is about. At least one.</summary>
    public required IReadOnlyList<DurationBar> Runs { get; init; }

    /// <summary>How long it may take, seconds; null where nothing was promised.</summary>
    public double? Promised { get; init; }

    internal override IReadOnlyList<(Ink Ink, string Name)> Legend =>
    [
        (Ink.First, "earlier runs"),
        .. Runs[^1].Missed ? Array.Empty<(Ink, string)>() : [(Ink.Second, "this run")],
        .. Runs.Any(run => run.Missed) ? [(Ink.Alarm, "late or failed")] : Array.Empty<(Ink, string)>(),
        .. Usual is null ? Array.Empty<(Ink, string)>() : [(Ink.Reference, "median")],
        .. DrawnPromise is null ? Array.Empty<(Ink, string)>() : [(Ink.Interval, "promised")],
    ];

    /// <summary>The median of the runs before that went well; null where there are too few for one.</summary>
    internal double? Usual
    {
        get
        {
            double[] before = [.. Runs.SkipLast(1).Where(run => !run.Missed).Select(run => run.Seconds).Order()];
            if (before.Length < 3) return null;
            int middle = before.Length / 2;
            return before.Length % 2 == 1 ? before[middle] : (before[middle - 1] + before[middle]) / 2;
        }
    }

    /// <summary>A promise far above all bars would flatten them, and is only told.</summary>
    private double? DrawnPromise => Promised <= 2 * Runs.Max(run => run.Seconds) ? Promised : null;

    internal override string Summary()
    {
        string text = $"This run took {Figures.Duration(TimeSpan.FromSeconds(Runs[^1].Seconds))}";
        if (Usual is { } usual) text += $"; usual are {Figures.Duration(TimeSpan.FromSeconds(usual))}";
        if (Promised is { } promised) text += $"; the promise leaves {Figures.Duration(TimeSpan.FromSeconds(promised))}";
        int missed = Runs.SkipLast(1).Count(run => run.Missed);
        return text + (Runs.Count == 1 ? ". It is the first." : missed == 0 ? "." : string.Create(CultureInfo.InvariantCulture,
            $". Late or failed: {missed} of the {Runs.Count - 1} runs before."));
    }

    internal override ReportTable Table() => new(
        Title,
        [new("Run"), new("Took", true)],
        [.. Runs.Select(run => new ReportRow(
            [run.Name, Figures.Duration(TimeSpan.FromSeconds(run.Seconds))], run.Missed ? "late or failed" : null))]);

    internal override void Draw(ICanvas canvas)
    {
        double most = Math.Max(Runs.Max(run => run.Seconds), DrawnPromise ?? 0);
        (double unit, string name) = most >= 2 * 3600 ? (3600.0, "Hours") : most >= 120 ? (60.0, "Minutes") : (1.0, "Seconds");
        var plot = new Plot(canvas, (0.4, Runs.Count + 0.6), (0, Ticks.RoundUp(Math.Max(most / unit * 1.05, 0.001))));
        plot.DrawY(name, Figures.Tick);
        double half = Math.Min(18, (plot.X(1) - plot.X(0)) * 0.36);
        for (int i = 0; i < Runs.Count; i++)
        {
            double x = plot.X(i + 1), top = plot.Y(Runs[i].Seconds / unit);
            canvas.Bar(x - half, top, 2 * half, plot.Y(0) - top, Runs[i].Missed ? Ink.Alarm : i == Runs.Count - 1 ? Ink.Second : Ink.First,
                $"{Runs[i].Name}: {Figures.Duration(TimeSpan.FromSeconds(Runs[i].Seconds))}");
        }

        if (Usual is { } usual) Across(canvas, plot, usual / unit, Ink.Reference);
        if (DrawnPromise is { } promised) Across(canvas, plot, promised / unit, Ink.Interval);
        // About five names fit below; the last is always there.
        int step = Math.Max(1, (Runs.Count + 4) / 5);
        plot.DrawX("Run", tick => Runs[(int)tick - 1].Name, Enumerable.Range(1, Runs.Count)
            .Where(i => (Runs.Count - i) % step == 0).Select(i => (double)i));
    }

    private static void Across(ICanvas canvas, Plot plot, double value, Ink ink) =>
        canvas.Polyline([(plot.Left, plot.Y(value)), (plot.Right, plot.Y(value))], ink);
}

/// <summary>One run as a bar.</summary>
/// <param name="Name">What stands below it, short: <c>11-28</c>.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Missed">It was late, or failed.</param>
public sealed record DurationBar(string Name, double Seconds, bool Missed);
