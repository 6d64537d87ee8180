namespace BatchScoring.Reporting;

/// <summary>Tables. On a narrow screen they scroll inside their frame, which the keyboard can reach.</summary>
internal static class HtmlTables
{
    /// <summary>On paper a table with more rows may be cut; a shorter one goes to the next page whole.</summary>
    private const int LongTable = 15;

    /// <summary>So many columns fit a page only in small letters.</summary>
    private const int WideTable = 9;

    public static void Section(HtmlBuilder html, ReportTable table)
    {
        html.Open("section", table.Rows.Count > LongTable ? [("class", "long")] : []).Element("h2", table.Title);
        if (table.Note is { } note) html.Element("p", note, ("class", "note"));
        if (!table.IsNote) Write(html, table);
        html.Close("section").Line();
    }

    public static void Folded(HtmlBuilder html, string summary, ReportTable table)
    {
        html.Open("details").Element("summary", summary);
        Write(html, table);
        html.Close("details").Line();
    }

    private static void Write(HtmlBuilder html, ReportTable table)
    {
        html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", table.Title))
            .Open("table", IsProse(table) ? [("class", "stack")] : table.Columns.Count >= WideTable ? [("class", "wide")] : []).Line()
            .Element("caption", table.Title).Open("thead").Open("tr");
        foreach (ReportColumn column in table.Columns) html.Element("th", column.Header, ("scope", "col"), ("class", Class(column)));
        bool marks = table.Rows.Any(r => r.Mark is not null);
        if (marks) html.Element("th", "Mark", ("scope", "col"));
        html.Close("tr").Close("thead").Open("tbody").Line();
        foreach (ReportRow row in table.Rows)
        {
            html.Open("tr", ("class", row.Mark is null ? "" : "marked"));
            for (int i = 0; i < row.Cells.Count; i++)
                html.Element("td", row.Cells[i], ("class", Class(table.Columns[i])), ("data-name", table.Columns[i].Header));
            if (marks) html.Element("td", row.Mark is null ? "" : "▲ " + row.Mark, ("class", "mark"), ("data-name", "Mark"));
            html.Close("tr").Line();
        }
        html.Close("tbody").Close("table").Close("div");
    }

    /// <summary>A table of words: where it is narrow, its rows are read one below the other.</summary>
    private static bool IsProse(ReportTable table) => table.Columns.Skip(1).Count(column => !column.Numeric) > 1;

    private static string Class(ReportColumn column) => column.Numeric ? "number" : "words";
}
