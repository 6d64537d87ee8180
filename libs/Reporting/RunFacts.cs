namespace BatchScoring.Reporting;

/// <summary>What identifies a run, in the order in which people ask for it; the same on the page and in the mail.</summary>
internal static class RunFacts
{
    public static IEnumerable<(string Name, string Value, bool IsCode)> Of(Report report)
    {
        ReportRun run = report.Run;
        yield return ("Run", run.Id, true);
        yield return ("Attempt", run.Attempt, true);
        if (run.Date is { } date) yield return ("Run date", $"{Figures.IsoDay(date)}, revision {run.Revision}", false);
        if (run.Model is { } model) yield return ("Model", model, false);
        if (run.ModelVersion is { } version) yield return ("Model version", version, false);
        if (run.Model is not null) yield return ("Trained", run.ModelTrained ?? "not known: the model's file does not say", false);
        yield return ("Started", Figures.Instant(run.Started), false);
        yield return ("Finished", Figures.Instant(run.Finished), false);
        yield return ("Took", Figures.Duration(run.Duration), false);
        if (report.Rows is { } rows)
            yield return ("Speed", Figures.RowsPerSecond(rows.Read, run.Duration) + Figures.Space + "rows/s", false);
        if (run.Engine is { } engine) yield return ("Engine", engine, false);
        if (run.Application is { } application) yield return ("Application", application, false);
        if (run.Host is { } host) yield return ("Host", host, false);
        if (run.User is { } user) yield return ("User", user, false);
        yield return ("Program", run.Program, true);
        if (run.ModelSha256 is { } hash) yield return ("Model SHA-256", hash, true);
        if (run.Content is { } content) yield return ("Content hash", content.ToString(), true);
        if (run.Fingerprint is { } fingerprint) yield return ("Fingerprint", fingerprint, true);
        foreach (ReportFact fact in report.Facts) yield return (fact.Name, fact.Value, false);
    }
}
