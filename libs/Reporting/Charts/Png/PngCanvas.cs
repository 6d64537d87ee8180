using SkiaSharp;

namespace BatchScoring.Reporting;

/// <summary>Draws a sheet on a bitmap, as <see cref="SvgCanvas"/> does with the page's style.</summary>
/// <param name="canvas">Scaled and moved so that its units are the sheet's.</param>
/// <param name="pens">Colours, widths and fonts.</param>
internal sealed class PngCanvas(SKCanvas canvas, PngPens pens) : ICanvas
{
    public void Line(double x1, double y1, double x2, double y2, Ink ink) =>
        canvas.DrawLine((float)x1, (float)y1, (float)x2, (float)y2, pens.Stroke(ink, path: false));

    public void Polyline(IEnumerable<(double X, double Y)> points, Ink ink)
    {
        using SKPath path = Path(points);
        canvas.DrawPath(path, pens.Stroke(ink, path: true));
    }

    public void Area(IEnumerable<(double X, double Y)> outline, Ink ink)
    {
        using SKPath path = Path(outline);
        canvas.DrawPath(path, pens.Fill(ink));
    }

    public void Bar(double x, double y, double width, double height, Ink ink, string hint) =>
        canvas.DrawRect((float)x, (float)y, (float)width, (float)height, pens.Fill(ink));

    public void Dot(double x, double y, double radius, Ink ink, string hint)
    {
        canvas.DrawCircle((float)x, (float)y, (float)radius, pens.Fill(ink));
        canvas.DrawCircle((float)x, (float)y, (float)radius, pens.DotEdge);
    }

    public void Text(double x, double y, string text, Align align, Ink ink) => canvas.DrawText(
        SafeText.Clean(text), (float)x, (float)y,
        align switch { Align.Start => SKTextAlign.Left, Align.Middle => SKTextAlign.Center, _ => SKTextAlign.Right },
        ink == Ink.Text ? pens.Figures : pens.Axis, pens.Fill(ink));

    private static SKPath Path(IEnumerable<(double X, double Y)> points)
    {
        using var path = new SKPathBuilder();
        bool first = true;
        foreach ((double x, double y) in points)
        {
            if (first) path.MoveTo((float)x, (float)y);
            else path.LineTo((float)x, (float)y);
            first = false;
        }

        return path.Detach();
    }
}
