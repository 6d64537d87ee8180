using System.Globalization;

namespace BatchScoring.Dispatcher.Web;

/// <summary>Spans on an axis of time, as SVG that takes the width it gets.</summary>
internal sealed class TimeBars(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
{
    private const int Width = 1000;

    /// <summary>A part of a row.</summary>
    /// <param name="Class">Its style.</param>
    /// <param name="Text">What it is.</param>
    /// <param name="Low">Its height within the row, of 20.</param>
    public sealed record Bar(string Class, DateTimeOffset From, DateTimeOffset Until, string Text, double Low = 3, double High = 17);

    /// <summary>The times under the rows.</summary>
    public Html Axis()
    {
        TimeSpan span = until - from;
        string form = span > TimeSpan.FromDays(2) ? "MM-dd HH:mm" : span < TimeSpan.FromMinutes(10) ? "HH:mm:ss" : "HH:mm";
        IEnumerable<Html> marks = Enumerable.Range(0, 5).Select(part => TimeZoneInfo.ConvertTime(from + ((until - from) * part / 4), zone))
            .Select(at => Html.Of($"<span>{at.ToString(form, CultureInfo.InvariantCulture)}</span>"));
        return Html.Of($"<div class=\"axis\" aria-hidden=\"true\"><span></span><div>{marks}</div></div>");
    }

    /// <summary>One row; its words stand in a list for those who cannot see it.</summary>
    public Html Row(Html name, IReadOnlyList<Bar> bars, DateTimeOffset? now)
    {
        Html line = now is { } at && at >= from && at <= until
            ? Html.Of($"<path class=\"now\" d=\"M{X(at)} 0v20\" vector-effect=\"non-scaling-stroke\"/>")
            : Html.Empty;
        string words = bars.Count == 0 ? "nothing" : string.Join("; ", bars.Select(bar => bar.Text));
        return Html.Of(
            $"""
            <div class="row"><span class="label">{name}</span>
            <svg viewBox="0 0 {Width} 20" preserveAspectRatio="none" role="img" aria-label="{words}">{bars.Select(Rect)}{line}</svg></div>

            """);
    }

    private Html Rect(Bar bar)
    {
        double x = X(bar.From), width = Math.Max(X(bar.Until) - x, 2), height = bar.High - bar.Low;
        return Html.Of(
            $"""
            <rect class="{bar.Class}" x="{x}" y="{bar.Low}" width="{width}" height="{height}"><title>{bar.Text}</title></rect>
            """);
    }

    private double X(DateTimeOffset instant) => Math.Clamp((instant - from) / (until - from), 0, 1) * Width;
}
