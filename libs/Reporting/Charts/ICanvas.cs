namespace BatchScoring.Reporting;

/// <summary>
/// What charts draw on: the one seam between charts and a format. Units are those of a sheet <see cref="Plot.SheetWidth"/> wide and
/// <see cref="Plot.SheetHeight"/> high, y downwards; colours are roles, the format decides how they look.
/// </summary>
internal interface ICanvas
{
    void Line(double x1, double y1, double x2, double y2, Ink ink);

    void Polyline(IEnumerable<(double X, double Y)> points, Ink ink);

    void Area(IEnumerable<(double X, double Y)> outline, Ink ink);

    /// <summary>A filled rectangle; the hint says its numbers.</summary>
    void Bar(double x, double y, double width, double height, Ink ink, string hint);

    void Dot(double x, double y, double radius, Ink ink, string hint);

    void Text(double x, double y, string text, Align align, Ink ink);
}
