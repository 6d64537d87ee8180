using BatchScoring.Reporting;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// A draft as HTML for mail readers, which know less than browsers: tables, and styles at each element, since some drop the style sheet;
/// what only the sheet can say (dark, narrow) is an extra. No script, nothing fetched; pictures come with the letter.
/// </summary>
internal static class LetterHtml
{
    private const string Sans = "font-family:'Segoe UI',-apple-system,'Helvetica Neue',Arial,sans-serif;";
    private const string Mono = "Consolas,Menlo,'DejaVu Sans Mono',monospace";
    private const string Ink = "color:#18212c;";
    private const string Muted = "color:#566372;";
    private const string Rule = "border-bottom:1px solid #dfe3e8;";

    /// <summary>Over the styles at the elements, hence the marks; the colours are those of the report's page.</summary>
    private const string Sheet = """
        @media (prefers-color-scheme: dark) {
          .page { background: #0f1419 !important; }
          .sheet { background: #171d25 !important; }
          .ink { color: #e8ecf1 !important; }
          .muted { color: #a3afbd !important; }
          .rule { border-color: #2c3541 !important; }
          .link { color: #8ebdf0 !important; }
          .log { background: #0f1419 !important; color: #e8ecf1 !important; }
          .ok { background: #14281f !important; } .ok-ink { color: #7fd6a6 !important; }
          .late { background: #2c2412 !important; } .late-ink { color: #f2c46a !important; }
          .held { background: #2f2015 !important; } .held-ink { color: #f7b27a !important; }
          .failed { background: #321a1a !important; } .failed-ink { color: #ff9d94 !important; }
          .plain { background: #1f2d3d !important; } .plain-ink { color: #8ebdf0 !important; }
        }
        @media (max-width: 480px) {
          .page { padding: 0 !important; }
          .sheet { padding: 18px 16px !important; }
          .headline { font-size: 18px !important; }
          .figure { width: 46% !important; }
        }
        """;

    public static string Create(Draft draft, string subject)
    {
        var html = new HtmlBuilder();
        html.Trusted("<!doctype html>").Line().Open("html", ("lang", "en")).Open("head").Line()
            .Open("meta", ("charset", "utf-8")).Line()
            .Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line()
            .Open("meta", ("name", "color-scheme"), ("content", "light dark")).Line()
            .Open("meta", ("name", "supported-color-schemes"), ("content", "light dark")).Line()
            .Element("title", subject).Line()
            .Open("style").Trusted(Sheet).Close("style").Line().Close("head").Line()
            .Open("body", ("class", "page"), ("style", "margin:0;padding:0;background:#f4f5f7;")).Line();
        Table(html, ("class", "page"), ("style", "width:100%;background:#f4f5f7;padding:24px 12px;"));
        html.Open("tr").Open("td", ("align", "center")).Line();
        Table(html, ("style", "width:100%;max-width:680px;table-layout:fixed;"));
        html.Open("tr").Open("td", ("class", "sheet"), ("align", "left"),
            ("style", $"background:#ffffff;padding:28px 32px;{Sans}{Ink}")).Line();
        Verdict(html, draft);
        foreach (DraftPart part in draft.Parts) Write(html, part);
        html.Close("td").Close("tr").Close("table").Close("td").Close("tr").Close("table").Line();
        return html.Close("body").Close("html").Line().ToString();
    }

    private static void Verdict(HtmlBuilder html, Draft draft)
    {
        (string ink, string ground) = draft.Tone switch
        {
            DraftTone.Ok => ("#1a7044", "#e8f5ee"),
            DraftTone.Late => ("#7d5200", "#fff4dc"),
            DraftTone.Held => ("#974200", "#ffefe2"),
            DraftTone.Failed => ("#a8221a", "#fdeceb"),
            _ => ("#1b5a9c", "#e6eef7"),
        };
        string tone = draft.Tone.ToString().ToLowerInvariant();
        Table(html, ("style", "width:100%;table-layout:fixed;"));
        html.Open("tr").Open("td", ("class", tone), ("style", $"background:{ground};border-left:4px solid {ink};padding:14px 18px;{Sans}"))
            .Open("div", ("class", $"headline {tone}-ink"), ("style", $"font-size:20px;line-height:1.35;font-weight:600;color:{ink};"))
            .Text($"{draft.Word}: {draft.Headline}").Close("div")
            .Element("div", draft.Kicker, ("class", "muted"), ("style", $"font-size:13px;line-height:1.5;padding-top:4px;{Muted}"))
            .Close("td").Close("tr").Close("table").Line();
    }

    private static void Write(HtmlBuilder html, DraftPart part)
    {
        switch (part)
        {
            case DraftWords words:
                Heading(html, words.Title);
                foreach (string sentence in words.Sentences)
                    html.Element("p", sentence, ("class", "ink"), ("style", $"margin:0 0 8px;font-size:15px;line-height:1.5;{Ink}")).Line();
                break;
            case DraftFigures figures:
                WriteFigures(html, figures);
                break;
            case DraftTable { Table: var table }:
                WriteTable(html, table);
                break;
            case DraftLog log:
                Heading(html, log.Title);
                html.Open("pre", ("class", "log"), ("style", $"margin:0;padding:12px;font:12px/1.5 {Mono};"
                    + "white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f5f7;color:#18212c;"));
                foreach (string line in log.Lines) html.Text(line).Line();
                html.Close("pre").Line();
                break;
            case DraftChart { Chart: var chart, ContentId: var id }:
                Heading(html, null); // its picture has its own
                html.Open("img", ("src", "cid:" + id), ("alt", $"{chart.Title}. {chart.Summary()}"), ("width", "472"),
                    ("style", "display:block;width:100%;max-width:472px;height:auto;border:0;")).Line()
                    .Element("p", chart.Summary(), ("class", "muted"), ("style", $"margin:6px 0 0;font-size:13px;line-height:1.5;{Muted}"))
                    .Line();
                break;
            case DraftLinks links:
                WriteLinks(html, links);
                break;
        }
    }

    private static void WriteFigures(HtmlBuilder html, DraftFigures figures)
    {
        html.Open("div", ("style", "padding-top:18px;font-size:0;")).Line();
        foreach (DraftFigure figure in figures.Figures)
        {
            html.Open("div", ("class", "figure"), ("style", "display:inline-block;vertical-align:top;width:146px;padding:0 6px 14px 0;"))
                .Element("div", figure.Name, ("class", "muted"), ("style", $"font-size:13px;line-height:1.4;{Muted}"))
                .Element("div", figure.Value, ("class", "ink"),
                    ("style", $"font-size:22px;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums;{Ink}"));
            if (figure.Detail is { } detail)
                html.Element("div", detail, ("class", "muted"), ("style", $"font-size:13px;line-height:1.4;{Muted}"));
            html.Close("div").Line();
        }

        html.Close("div").Line();
    }

    private static void WriteTable(HtmlBuilder html, ReportTable table)
    {
        Heading(html, table.Title);
        if (table.Note is { } note)
            html.Element("p", note, ("class", "muted"), ("style", $"margin:0 0 8px;font-size:13px;line-height:1.5;{Muted}")).Line();
        if (table.IsNote) return;
        html.Open("table", ("cellpadding", "0"), ("cellspacing", "0"), ("border", "0"), ("style", "width:100%;border-collapse:collapse;"))
            .Open("tr");
        for (int c = 0; c < table.Columns.Count; c++)
        {
            html.Element("th", table.Columns[c].Header, ("scope", "col"), ("class", "muted rule"),
                ("style", $"{Cell(table, c)}font-size:12px;font-weight:600;vertical-align:bottom;{Muted}{Rule}"));
        }

        html.Close("tr").Line();
        foreach (ReportRow row in table.Rows)
        {
            html.Open("tr");
            for (int c = 0; c < row.Cells.Count; c++)
            {
                html.Open("td", ("class", "ink rule"),
                    ("style", $"{Cell(table, c)}font-size:14px;line-height:1.4;vertical-align:top;{Ink}{Rule}"))
                    .Text(row.Cells[c]);
                if (c == 0 && row.Mark is { } mark)
                    html.Element("div", mark, ("class", "failed-ink"), ("style", "font-size:12px;color:#a8221a;"));
                html.Close("td");
            }

            html.Close("tr").Line();
        }

        html.Close("table").Line();
    }

    private static string Cell(ReportTable table, int column) =>
        $"{Sans}padding:6px 0 6px {(column == 0 ? 0 : 14)}px;" + (table.Columns[column].Numeric
            ? "text-align:right;font-variant-numeric:tabular-nums;"
            : "text-align:left;overflow-wrap:anywhere;");

    private static void WriteLinks(HtmlBuilder html, DraftLinks links)
    {
        html.Open("div", ("style", "padding-top:18px;")).Line();
        foreach ((string label, string target) in links.Links)
        {
            html.Open("div", ("class", "ink"), ("style", $"font-size:14px;line-height:1.6;overflow-wrap:anywhere;{Ink}"))
                .Text($"{label}: ");
            if (Uri.TryCreate(target, UriKind.Absolute, out Uri? url) && url.Scheme is "https" or "http")
                html.Open("a", ("href", target), ("class", "link"), ("style", "color:#1b5a9c;")).Text(target).Close("a");
            else html.Element("code", target, ("style", $"font:13px {Mono};"));
            html.Close("div").Line();
        }

        html.Close("div").Line();
    }

    private static void Heading(HtmlBuilder html, string? title)
    {
        if (title is null) html.Open("div", ("style", "padding-top:14px;")).Close("div").Line();
        else
        {
            html.Element("h2", title, ("class", "muted"),
                ("style", $"margin:24px 0 8px;font-size:13px;font-weight:600;letter-spacing:0.04em;{Muted}")).Line();
        }
    }

    private static void Table(HtmlBuilder html, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        html.Open("table", [("role", "presentation"), ("cellpadding", "0"), ("cellspacing", "0"), ("border", "0"), .. attributes]).Line();
}
