using System.Globalization;
using System.Text;

namespace BatchScoring.Reporting;

/// <summary>
/// Writes HTML and inline SVG. Tags and attribute names come from the source; every text and every attribute value is escaped here, so
/// nothing from outside can become markup.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder html = new();

    public HtmlBuilder Open(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        html.Append('<').Append(tag);
        foreach ((string name, string value) in attributes)
        {
            html.Append(' ').Append(name).Append("=\"");
            Escape(value);
            html.Append('"');
        }
        html.Append('>');
        return this;
    }

    public HtmlBuilder Close(string tag)
    {
        html.Append("</").Append(tag).Append('>');
        return this;
    }

    /// <summary>An end of line between blocks: keeps the source readable and diffs small.</summary>
    public HtmlBuilder Line()
    {
        html.Append('\n');
        return this;
    }

    public HtmlBuilder Text(string text)
    {
        Escape(text);
        return this;
    }

    public HtmlBuilder Element(string tag, string text, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Open(tag, attributes).Text(text).Close(tag);

    /// <summary>For the style sheet and the document type, which are this library's own.</summary>
    public HtmlBuilder Trusted(string markup)
    {
        html.Append(markup);
        return this;
    }

    /// <summary>A coordinate: two decimals are a fiftieth of a pixel.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public override string ToString() => html.ToString();

    private void Escape(string text)
    {
        foreach (char c in SafeText.Clean(text))
        {
            switch (c)
            {
                case '&': html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '"': html.Append("&quot;"); break;
                case '\'': html.Append("&#39;"); break;
                case Figures.Space: html.Append("&nbsp;"); break;
                default: html.Append(c); break;
            }
        }
    }
}
