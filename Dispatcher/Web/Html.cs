using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace BatchScoring.Dispatcher.Web;

/// <summary>
/// A piece of a page. It is only made of literals of the source, with everything that stands in their holes encoded: no text from outside
/// can become markup.
/// </summary>
internal readonly record struct Html(string Text)
{
    public static Html Empty { get; } = new("");

    /// <summary>Makes a piece of an interpolated string.</summary>
    public static Html Of(Markup markup) => new(markup.ToString());

    /// <summary>A coordinate: two decimals are a fiftieth of a pixel.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public override string ToString() => Text;
}

/// <summary>Takes an interpolated string apart. What has no method here does not compile.</summary>
[InterpolatedStringHandler]
internal readonly ref struct Markup(int literals, int holes)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(literals + (holes * 16));

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted(string? text) => _text.Append(Encoder.Encode(text ?? ""));

    public void AppendFormatted(long number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double number) => _text.Append(Html.Number(number));

    public void AppendFormatted(Html html) => _text.Append(html.Text);

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (Html part in parts) _text.Append(part.Text);
    }

    public override string ToString() => _text.ToString();
}
