using System.Text.RegularExpressions;
using SkiaSharp;

namespace BatchScoring.Reporting;

/// <summary>What the style sheet says of charts, for a bitmap: the colours are read from it, the widths are its widths.</summary>
internal sealed partial class PngPens : IDisposable
{
    private static readonly Dictionary<string, SKColor> _colours = ReadColours();
    private readonly Dictionary<(Ink Ink, bool Fill, bool Path), SKPaint> _paints = [];
    private readonly SKTypeface _typeface;
    private readonly SKPathEffect _dashes = SKPathEffect.CreateDash([4, 4], 0);

    public PngPens()
    {
        using Stream font = typeof(PngPens).Assembly.GetManifestResourceStream("chart-font.ttf")!;
        _typeface = SKTypeface.FromStream(font);
        Axis = Font(11.5f, bold: false);
        Figures = Font(14, bold: true);
        Words = Font(13, bold: false);
        Title = Font(16, bold: true);
        DotEdge = new SKPaint { Color = Ground, IsAntialias = true, IsStroke = true, StrokeWidth = 1.5f };
    }

    /// <summary>What charts lie on.</summary>
    public static SKColor Ground => _colours["sheet"];

    public SKFont Axis { get; }

    public SKFont Figures { get; }

    public SKFont Words { get; }

    public SKFont Title { get; }

    public SKPaint DotEdge { get; }

    public static SKColor ColourOf(Ink ink) => _colours[ink switch
    {
        Ink.Text or Ink.Interval => "ink",
        Ink.Muted => "muted",
        Ink.Grid => "rule",
        Ink.Axis or Ink.Reference => "reference",
        Ink.First => "first",
        Ink.Second => "second",
        Ink.Shade => "shade",
        _ => "alarm",
    }];

    public SKPaint Fill(Ink ink) => Paint(ink, fill: true, path: false);

    /// <param name="ink">What it stands for.</param>
    /// <param name="path">True for a curve, false for a single line.</param>
    public SKPaint Stroke(Ink ink, bool path) => Paint(ink, fill: false, path);

    public void Dispose()
    {
        foreach (SKPaint paint in _paints.Values) paint.Dispose();
        foreach (SKFont font in new[] { Axis, Figures, Words, Title }) font.Dispose();
        DotEdge.Dispose();
        _dashes.Dispose();
        _typeface.Dispose();
    }

    private SKPaint Paint(Ink ink, bool fill, bool path)
    {
        if (_paints.TryGetValue((ink, fill, path), out SKPaint? known)) return known;
        var paint = new SKPaint { Color = ColourOf(ink), IsAntialias = true, IsStroke = !fill };
        if (!fill)
        {
            paint.StrokeWidth = Width(ink, path);
            paint.StrokeJoin = SKStrokeJoin.Round;
            if (path) paint.StrokeCap = SKStrokeCap.Round;
            if (ink == Ink.Reference) paint.PathEffect = _dashes;
        }

        return _paints[(ink, fill, path)] = paint;
    }

    private static float Width(Ink ink, bool path) => (ink, path) switch
    {
        (Ink.First, true) => 2.4f,
        (Ink.Second, true) => 1.6f,
        (Ink.Interval, true) => 1.4f,
        (Ink.Interval, false) => 1.2f,
        (Ink.Reference, _) => 1.5f,
        (_, true) => 2,
        _ => 1,
    };

    private SKFont Font(float size, bool bold) => new(_typeface, size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
        Embolden = bold,
    };

    /// <summary>The first block of the style sheet: the light colours.</summary>
    private static Dictionary<string, SKColor> ReadColours()
    {
        string light = HtmlReport.Style[..HtmlReport.Style.IndexOf('}', StringComparison.Ordinal)];
        return Colour().Matches(light)
            .ToDictionary(m => m.Groups["name"].Value, m => SKColor.Parse(m.Groups["value"].Value), StringComparer.Ordinal);
    }

    [GeneratedRegex("--(?<name>[a-z-]+): (?<value>#[0-9a-f]{6});", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colour();
}
