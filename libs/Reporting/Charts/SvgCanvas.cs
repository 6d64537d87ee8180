using static BatchScoring.Reporting.HtmlBuilder;

namespace BatchScoring.Reporting;

/// <summary>Draws inline SVG into a page; colours by class, so that they follow the page's light, dark and print styles.</summary>
internal sealed class SvgCanvas(HtmlBuilder html) : ICanvas
{
    /// <summary>Draws a chart as an image with a name and a description for those who cannot see it.</summary>
    public static void Draw(HtmlBuilder html, Chart chart, string id)
    {
        html.Open("svg",
                ("role", "img"), ("aria-labelledby", $"{id}-name"), ("aria-describedby", $"{id}-desc"),
                ("viewBox", $"0 0 {Number(Plot.SheetWidth)} {Number(Plot.SheetHeight)}"))
            .Element("title", chart.Title, ("id", $"{id}-name"))
            .Element("desc", chart.Summary(), ("id", $"{id}-desc")).Line();
        chart.Draw(new SvgCanvas(html));
        html.Close("svg").Line();
    }

    public void Line(double x1, double y1, double x2, double y2, Ink ink) => html
        .Open("line", ("class", Class(ink)), ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)))
        .Close("line");

    public void Polyline(IEnumerable<(double X, double Y)> points, Ink ink) => html
        .Open("polyline", ("class", "path " + Class(ink)), ("points", Points(points))).Close("polyline").Line();

    public void Area(IEnumerable<(double X, double Y)> outline, Ink ink) => html
        .Open("polygon", ("class", Class(ink)), ("points", Points(outline))).Close("polygon").Line();

    public void Bar(double x, double y, double width, double height, Ink ink, string hint) => html
        .Open("rect", ("class", "bar " + Class(ink)), ("x", Number(x)), ("y", Number(y)), ("width", Number(width)),
            ("height", Number(height)))
        .Element("title", hint).Close("rect").Line();

    public void Dot(double x, double y, double radius, Ink ink, string hint) => html
        .Open("circle", ("class", "dot " + Class(ink)), ("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)))
        .Element("title", hint).Close("circle").Line();

    public void Text(double x, double y, string text, Align align, Ink ink) => html
        .Element("text", text, ("class", $"{Class(ink)} {Anchor(align)}"), ("x", Number(x)), ("y", Number(y))).Line();

    private static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"));

    private static string Class(Ink ink) => "ink-" + ink switch
    {
        Ink.Text => "text",
        Ink.Muted => "muted",
        Ink.Grid => "grid",
        Ink.Axis => "axis",
        Ink.First => "first",
        Ink.Second => "second",
        Ink.Shade => "shade",
        Ink.Reference => "reference",
        Ink.Interval => "interval",
        _ => "alarm",
    };

    private static string Anchor(Align align) => align switch { Align.Start => "start", Align.Middle => "middle", _ => "end" };
}
