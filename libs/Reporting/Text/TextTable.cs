using System.Text;

namespace BatchScoring.Reporting;

/// <summary>
/// A table in columns: headings broken over lines, digits to the right, cells that are too long shortened with an ellipsis.
/// </summary>
internal static class TextTable
{
    private const int Gap = 2;
    private const int Shortest = 6;

    public static void Write(StringBuilder text, ReportTable table)
    {
        string[][] headings = [.. table.Columns.Select(c => Clean(c.Header).Split(' '))];
        string[][] rows = [.. table.Rows.Select(r => r.Cells.Select(Clean).ToArray())];
        string[] marks = [.. table.Rows.Select(r => r.Mark).OfType<string>().Distinct(StringComparer.Ordinal)];
        int room = TextReport.Width - (marks.Length > 0 ? 2 + marks.Length : 0);
        int[] widths = Fit(
            [.. Enumerable.Range(0, headings.Length)
                .Select(c => Math.Max(headings[c].Max(h => h.Length), rows.Select(r => r[c].Length).DefaultIfEmpty().Max()))],
            room);
        if (widths.Sum() + (Gap * (widths.Length - 1)) > room)
        {
            text.Append(Figures.Count(table.Columns.Count))
                .Append(" columns are too many for a page of text; the HTML and JSON reports have them.\n");
            return;
        }

        int lines = headings.Max(h => h.Length);
        for (int line = 0; line < lines; line++)
            Line(text, table, widths, [.. headings.Select(h => line - (lines - h.Length) is var i && i >= 0 ? h[i] : "")], "");
        for (int r = 0; r < rows.Length; r++)
            Line(text, table, widths, rows[r], table.Rows[r].Mark is { } mark ? "  " + Sign(marks, mark) : "");
        foreach (string mark in marks) TextReport.Wrap(text, $"{Sign(marks, mark)} {mark}", "  ");
    }

    private static string Sign(string[] marks, string mark) => new('*', Array.IndexOf(marks, mark) + 1);

    private static void Line(StringBuilder text, ReportTable table, int[] widths, string[] cells, string end)
    {
        var line = new StringBuilder();
        for (int c = 0; c < cells.Length; c++)
        {
            if (c > 0) line.Append(' ', Gap);
            string cell = Shorten(cells[c], widths[c]);
            line.Append(table.Columns[c].Numeric ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]));
        }
        text.Append(line.ToString().TrimEnd(' ')).Append(end).Append('\n');
    }

    /// <summary>Takes from the widest column until all fit, or none can give more.</summary>
    private static int[] Fit(int[] widths, int room)
    {
        int space = room - (Gap * (widths.Length - 1));
        while (widths.Sum() > space && widths.Max() > Shortest) widths[Array.IndexOf(widths, widths.Max())]--;
        return widths;
    }

    private static string Clean(string text) => SafeText.Clean(text).Replace(Figures.Space, ' ');

    private static string Shorten(string text, int width)
    {
        if (text.Length <= width) return text;
        int cut = char.IsHighSurrogate(text[width - 2]) ? width - 2 : width - 1;
        return text[..cut] + "…";
    }
}
