using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;
using SkiaSharp;

namespace BatchScoring.Tests.Unit.Reporting;

public sealed class ChartImageTests
{
    private const int Scale = 2;

    [Fact]
    public void Create_AnyChart_HasEveryMarkInItsColour()
    {
        foreach (Chart chart in SampleReports.Evaluation().Charts.Concat(SampleReports.Doubtful().Charts))
        {
            Marks marks = new();
            chart.Draw(marks);
            using var image = SKBitmap.Decode(ChartImage.Create(chart));
            int top = image.Height - (Scale * ((int)Plot.SheetHeight + 16)), left = Scale * 16;

            image.Width.ShouldBe(Scale * ((int)Plot.SheetWidth + 32));
            marks.Found.ShouldNotBeEmpty(chart.Title);
            foreach ((double x, double y, Ink ink) in marks.Found)
                image.GetPixel(left + (int)(x * Scale), top + (int)(y * Scale))
                    .ShouldBe(PngPens.ColourOf(ink), $"{chart.Title}: {ink} at {x}, {y}");
        }
    }

    [Fact]
    public void Create_Words_AreWrittenWithTheFontThatComesAlong()
    {
        Chart chart = SampleReports.Evaluation().Charts[1];
        using SKBitmap with = SKBitmap.Decode(ChartImage.Create(chart)),
            without = SKBitmap.Decode(ChartImage.Create(chart with { Title = "" }));
        int Dark(SKBitmap image) =>
            Enumerable.Range(0, 24 * Scale).Sum(y => Enumerable.Range(0, image.Width).Count(x => image.GetPixel(x, y + 16).Red < 100));
        Dark(with).ShouldBeGreaterThan(Dark(without) + 200);
    }

    [Fact]
    public void Create_Again_GivesTheSameBytes()
    {
        Chart chart = SampleReports.Doubtful().Charts[2];
        ChartImage.Create(chart).ShouldBe(ChartImage.Create(chart));
    }

    [Fact]
    public void Create_HostileTitle_IsDrawnAsText() =>
        ChartImage.Create(SampleReports.HostileHeld().Charts[0]).Length.ShouldBeGreaterThan(1000);

    /// <summary>Where a chart puts bars and dots that nothing is drawn over: the middle of each.</summary>
    private sealed class Marks : ICanvas
    {
        public List<(double X, double Y, Ink Ink)> Found { get; } = [];

        public void Line(double x1, double y1, double x2, double y2, Ink ink)
        {
            // An interval crosses its bar; the quarter beside it stays free.
        }

        public void Polyline(IEnumerable<(double X, double Y)> points, Ink ink)
        {
            double[] heights = [.. points.Select(p => p.Y)];
            Found.RemoveAll(mark => ink == Ink.Reference && heights.Any(y => Math.Abs(mark.Y - y) < 3));
        }

        public void Area(IEnumerable<(double X, double Y)> outline, Ink ink)
        {
        }

        public void Bar(double x, double y, double width, double height, Ink ink, string hint)
        {
            if (width > 3 && height > 4) Found.Add((x + (width / 4), y + (height / 2), ink));
        }

        public void Dot(double x, double y, double radius, Ink ink, string hint) => Found.Add((x, y, ink));

        public void Text(double x, double y, string text, Align align, Ink ink)
        {
        }
    }
}
