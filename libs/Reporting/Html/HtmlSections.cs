namespace BatchScoring.Reporting;

/// <summary>The parts of the page that are words: what happened, what to mind, which run it was.</summary>
internal static class HtmlSections
{
    /// <summary>Longer ones get a line of their own.</summary>
    private const int LongCode = 40;

    public static void Masthead(HtmlBuilder html, Report report)
    {
        ReportRun run = report.Run;
        html.Open("header").Line().Open("p", ("class", "kicker")).Element("span", run.Job);
        if (run.Date is { } date) html.Element("span", $"run date {Figures.IsoDay(date)}");
        html.Element("span", $"revision {run.Revision}").Close("p").Line();
        html.Element("h1", report.Title).Line();
        if (report.ScoreMeaning is { } meaning)
            html.Open("p", ("class", "lede")).Element("strong", "Score").Text(" ").Text(meaning).Close("p").Line();

        Model(html, run);
        string outcome = report.Verdict.Outcome.ToString().ToLowerInvariant();
        html.Open("div", ("class", $"verdict {outcome}"), ("role", "status"))
            .Open("svg", ("viewBox", "0 0 24 24"), ("aria-hidden", "true"))
            .Open("circle", ("cx", "12"), ("cy", "12"), ("r", "11")).Close("circle")
            .Open("path", ("d", Sign(report.Verdict.Outcome))).Close("path").Close("svg")
            .Open("div").Element("p", report.Verdict.Headline, ("class", "headline")).Element("p", report.Verdict.Detail)
            .Close("div").Close("div").Line().Close("header").Line();
    }

    private static void Model(HtmlBuilder html, ReportRun run)
    {
        if (run.Model is null) return;
        html.Open("p", ("class", "lede")).Element("strong", "Model").Text(" " + run.Model);
        if (run.ModelVersion is { } version) html.Text($", version {version}");
        if (run.ModelTrained is { } trained) html.Text($", trained {trained}");
        html.Close("p").Line();
    }

    public static void Warnings(HtmlBuilder html, Report report)
    {
        if (report.Warnings.Count == 0) return;
        html.Open("section", ("class", "warnings"), ("aria-labelledby", "warnings"))
            .Element("h2", report.Warnings.Count == 1 ? "One thing to mind" : "Things to mind", ("id", "warnings")).Open("ul");
        foreach (string warning in report.Warnings) html.Element("li", warning);
        html.Close("ul").Close("section").Line();
    }

    public static void SetAside(HtmlBuilder html, Report report)
    {
        if (report.Rows is not { SetAside.Count: > 0 } rows) return;
        bool columns = rows.SetAside.Any(q => q.Column is not null), reasons = rows.SetAside.Any(q => q.Reason is not null);
        HtmlTables.Section(html, new ReportTable(
            "Rows set aside",
            [
                .. columns ? [new("Column")] : Array.Empty<ReportColumn>(), new("Code"), new("Rows", true), new("Of rows read", true),
                .. reasons ? [new("Reason")] : Array.Empty<ReportColumn>(),
            ],
            [.. rows.SetAsideAtAGlance.Select(q => new ReportRow(
            [
                .. columns ? [q.Column ?? ""] : Array.Empty<string>(), q.Code, Figures.Count(q.Rows),
                    Figures.Percent(q.Rows / (double)rows.Read),
                .. reasons ? [q.Reason ?? ""] : Array.Empty<string>(),
            ]))]));
        if (rows.Examples is { } examples) HtmlTables.Section(html, examples);
    }

    public static void Details(HtmlBuilder html, Report report)
    {
        html.Open("section", ("aria-labelledby", "details")).Element("h2", "This run", ("id", "details")).Open("dl", ("class", "facts"))
            .Line();
        foreach ((string name, string value, bool code) in RunFacts.Of(report))
        {
            html.Open("div", ("class", code && value.Length > LongCode ? "wide" : "")).Element("dt", name).Open("dd");
            if (code) html.Element("code", value);
            else html.Text(value);
            html.Close("dd").Close("div").Line();
        }
        html.Close("dl").Close("section").Line();
    }

    public static void Timings(HtmlBuilder html, Report report)
    {
        double longest = report.Timings.Count == 0 ? 0 : report.Timings.Max(t => t.Seconds);
        if (longest <= 0) return;
        html.Open("section", ("aria-labelledby", "time")).Element("h2", "Where the time went", ("id", "time"))
            .Open("table", ("class", "timings")).Open("tbody").Line();
        foreach (ReportTiming timing in report.Timings)
        {
            html.Open("tr").Element("th", timing.Stage, ("scope", "row"))
                .Element("td", Figures.Duration(TimeSpan.FromSeconds(timing.Seconds)), ("class", "number"))
                .Open("td", ("class", "strip"))
                .Open("svg", ("viewBox", "0 0 100 8"), ("preserveAspectRatio", "none"), ("aria-hidden", "true"))
                .Open("rect", ("class", "ink-first"), ("width", HtmlBuilder.Number(100 * timing.Seconds / longest)), ("height", "8"))
                .Close("rect").Close("svg").Close("td").Close("tr").Line();
        }
        html.Close("tbody").Close("table").Close("section").Line();
    }

    public static void Links(HtmlBuilder html, Report report)
    {
        if (report.Links.Count == 0) return;
        html.Open("section", ("aria-labelledby", "files")).Element("h2", "Where things lie", ("id", "files"))
            .Open("dl", ("class", "facts")).Line();
        foreach (ReportLink link in report.Links)
        {
            html.Open("div").Element("dt", link.Label).Open("dd");
            if (link.Href is { } href && IsHarmless(href))
                html.Open("a", ("href", href), ("rel", "noreferrer")).Element("code", link.Location).Close("a");
            else html.Element("code", link.Location);
            html.Close("dd").Close("div").Line();
        }
        html.Close("dl").Close("section").Line();
    }

    /// <summary>Relative, http(s) or file: nothing that a click could run.</summary>
    private static bool IsHarmless(string href) =>
        Uri.TryCreate(href, UriKind.RelativeOrAbsolute, out Uri? address)
        && (address.IsAbsoluteUri
            ? address.Scheme is "http" or "https" or "file"
            : !href.Contains(':', StringComparison.Ordinal) && !href.StartsWith("//", StringComparison.Ordinal));

    private static string Sign(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Ok => "M7 12.5l3.4 3.4L17 9",
        ReportOutcome.Warning => "M12 6.5v7M12 17v.5",
        ReportOutcome.Held => "M9.5 8v8M14.5 8v8",
        _ => "M8.5 8.5l7 7M15.5 8.5l-7 7",
    };
}
