namespace BatchScoring.Reporting;

/// <summary>The frame of a chart: turns values into places on the sheet and draws axes that can be read.</summary>
internal sealed class Plot
{
    public const double SheetWidth = 440;
    public const double SheetHeight = 300;
    private const double Top = 30;
    private const double Bottom = SheetHeight - 44;

    private readonly ICanvas canvas;
    private readonly double left;
    private readonly double right;

    /// <param name="canvas">What to draw on.</param>
    /// <param name="x">Values at the left and right end.</param>
    /// <param name="y">Values at the bottom and top end.</param>
    /// <param name="square">True: as wide as high, the rest of the sheet stays free for words.</param>
    public Plot(ICanvas canvas, (double From, double To) x, (double From, double To) y, bool square = false)
    {
        this.canvas = canvas;
        XRange = x;
        YRange = y;
        left = 50;
        right = square ? left + Bottom - Top : SheetWidth - 22;
    }

    public (double From, double To) XRange { get; }

    public (double From, double To) YRange { get; }

    public double Left => left;

    public double Right => right;

    public double X(double value) => left + ((value - XRange.From) / (XRange.To - XRange.From) * (right - left));

    public double Y(double value) => Bottom - ((value - YRange.From) / (YRange.To - YRange.From) * (Bottom - Top));

    /// <summary>Lines and numbers up the left side, and what they count above them.</summary>
    public void DrawY(string title, Func<double, string> label, bool whole = false)
    {
        canvas.Text(left - 42, 14, title, Align.Start, Ink.Muted);
        foreach (double tick in Ticks.Between(YRange.From, YRange.To, about: 5, whole))
        {
            if (tick > YRange.From) canvas.Line(left, Y(tick), right, Y(tick), Ink.Grid);
            canvas.Text(left - 7, Y(tick) + 4, label(tick), Align.End, Ink.Muted);
        }
    }

    /// <summary>The base line with numbers under it, and what they are below.</summary>
    public void DrawX(string title, Func<double, string> label, IEnumerable<double>? ticks = null)
    {
        canvas.Line(left, Bottom, right, Bottom, Ink.Axis);
        foreach (double tick in ticks ?? Ticks.Between(XRange.From, XRange.To, about: 6))
            canvas.Text(X(tick), Bottom + 16, label(tick), Align.Middle, Ink.Muted);
        canvas.Text((left + right) / 2, SheetHeight - 8, title, Align.Middle, Ink.Muted);
    }
}
