using SkiaSharp;

namespace BatchScoring.Reporting;

/// <summary>
/// A chart as a PNG for mails and slides: title, legend and picture in the page's light colours, drawn with a font that comes along, so
/// that a server without fonts makes the same image. Needs SkiaSharp's native library, which is loaded when the first image is made.
/// </summary>
public static class ChartImage
{
    /// <summary>Pixels per unit of the sheet: sharp on screens of two pixels per point.</summary>
    private const int Scale = 2;

    private const int Margin = 16;
    private const int TitleHeight = 24;
    private const int LegendHeight = 22;

    /// <summary>Draws it.</summary>
    /// <param name="chart">The chart.</param>
    /// <returns>A PNG file's content; the same chart gives the same bytes.</returns>
    public static byte[] Create(Chart chart)
    {
        int top = Margin + TitleHeight + (chart.Legend.Count > 0 ? LegendHeight : 0);
        int width = (int)Plot.SheetWidth + (2 * Margin), height = top + (int)Plot.SheetHeight + Margin;
        using var surface = SKSurface.Create(new SKImageInfo(width * Scale, height * Scale, SKColorType.Rgba8888, SKAlphaType.Opaque));
        SKCanvas canvas = surface.Canvas;
        using var pens = new PngPens();
        canvas.Clear(PngPens.Ground);
        canvas.Scale(Scale);
        canvas.Translate(Margin, Margin);
        canvas.DrawText(SafeText.Clean(chart.Title), 0, 14, SKTextAlign.Left, pens.Title, pens.Fill(Ink.Text));
        Legend(canvas, pens, chart);
        canvas.Translate(0, top - Margin);
        chart.Draw(new PngCanvas(canvas, pens));
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static void Legend(SKCanvas canvas, PngPens pens, Chart chart)
    {
        float x = 0;
        PngCanvas signs = new(canvas, pens);
        foreach ((Ink ink, string name) in chart.Legend)
        {
            if (ink is Ink.Reference or Ink.Interval) signs.Line(x, TitleHeight + 5, x + 14, TitleHeight + 5, ink);
            else signs.Bar(x + 1, TitleHeight, 10, 10, ink, name);
            canvas.DrawText(name, x + 19, TitleHeight + 9, SKTextAlign.Left, pens.Words, pens.Fill(Ink.Muted));
            x += 19 + pens.Words.MeasureText(name) + 18;
        }
    }
}
