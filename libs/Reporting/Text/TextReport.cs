using System.Text;

namespace BatchScoring.Reporting;

/// <summary>
/// The report for terminals and mails: plain text, at most <see cref="Width"/> columns, no escapes, lines end in a line feed.
/// </summary>
public static class TextReport
{
    /// <summary>The longest line.</summary>
    public const int Width = 100;

    /// <summary>Makes the text.</summary>
    /// <exception cref="InvalidOperationException">Metrics or charts without <see cref="Report.ScoreMeaning"/>.</exception>
    public static string Create(Report report)
    {
        report.Validate();
        var text = new StringBuilder();
        string title = SafeText.Clean(report.Title);
        Wrap(text, title, "");
        text.Append('=', Math.Min(title.Length, Width)).Append('\n');
        Wrap(text, $"{report.Verdict.Headline.ToUpperInvariant()}: {report.Verdict.Detail}", "");
        foreach (string warning in report.Warnings) Wrap(text, "Mind: " + warning, "");
        if (report.ScoreMeaning is { } meaning) Wrap(text, "Score: " + meaning, "");

        if (report.Today is { } today) Table(text, today.ToTable());
        foreach (ReportTable table in report.Decisions) Table(text, table);
        Pairs(text, "Quality", report.Metrics.Select(m =>
            (m.Name, string.Join(", ", new[] { Figures.Exact(m.Value), m.Interval, m.Detail }.OfType<string>()) + "   (" + m.Meaning +
                ")")));
        Rows(text, report);
        foreach (Chart chart in report.Charts)
        {
            Heading(text, chart.Title);
            Wrap(text, chart.Summary(), "");
            if (!chart.TableStands) continue;
            text.Append('\n');
            TextTable.Write(text, chart.Table());
        }
        foreach (ReportTable table in report.Tables) Table(text, table);
        if (report.Rows?.Examples is { } examples) Table(text, examples);
        Pairs(text, "This run", RunFacts.Of(report).Select(f => (f.Name, f.Value)));
        foreach (ReportTable table in report.Lineage) Table(text, table);
        Pairs(text, "Where the time went", report.Timings.Select(t => (t.Stage, Figures.Duration(TimeSpan.FromSeconds(t.Seconds)))));
        Pairs(text, "Where things lie", report.Links.Select(l => (l.Label, l.Location)));
        return text.Replace(Figures.Space, ' ').ToString();
    }

    private static void Rows(StringBuilder text, Report report)
    {
        if (report.Rows is not { } rows) return;
        string Share(long part) => rows.Read == 0 ? "" : $" ({Figures.Percent(part / (double)rows.Read)})";
        Pairs(text, "Rows",
        [
            ("read", Figures.Count(rows.Read)),
            (rows.OutIs, Figures.Count(rows.Out) + Share(rows.Out)),
            ("set aside", Figures.Count(rows.SetAsideTotal) + Share(rows.SetAsideTotal)),
            .. rows.SetAsideAtAGlance.Select(q =>
                ("  " + q.Code, Figures.Count(q.Rows) +
                    string.Concat(new[] { q.Column, q.Reason }.OfType<string>().Select(word => "   " + word)))),
        ]);
    }

    private static void Table(StringBuilder text, ReportTable table)
    {
        Heading(text, table.Title);
        if (table.Note is { } note) Wrap(text, note, "");
        if (table.IsNote) return;
        if (table.Note is not null) text.Append('\n');
        TextTable.Write(text, table);
    }

    private static void Heading(StringBuilder text, string title)
    {
        text.Append('\n');
        Wrap(text, title, "");
        text.Append('-', Math.Min(SafeText.Clean(title).Length, Width)).Append('\n');
    }

    private static void Pairs(StringBuilder text, string title, IEnumerable<(string Name, string Value)> pairs)
    {
        (string Name, string Value)[] all = [.. pairs];
        if (all.Length == 0) return;
        Heading(text, title);
        int column = Math.Min(all.Max(p => p.Name.Length), 30) + 2;
        foreach ((string name, string value) in all) Wrap(text, SafeText.Clean(name).PadRight(column) + value, new string(' ', column));
    }

    /// <summary>Breaks at spaces, and inside a word only when it is longer than a line; further lines start with the indent.</summary>
    internal static void Wrap(StringBuilder text, string line, string indent)
    {
        string rest = SafeText.Clean(line).TrimEnd(' ');
        while (rest.Length > Width)
        {
            int cut = rest.LastIndexOf(' ', Width);
            if (cut <= indent.Length) cut = char.IsHighSurrogate(rest[Width - 1]) ? Width - 1 : Width;
            text.Append(rest.AsSpan(0, cut).TrimEnd(' ')).Append('\n');
            rest = indent + rest[cut..].TrimStart(' ');
        }
        text.Append(rest).Append('\n');
    }
}
