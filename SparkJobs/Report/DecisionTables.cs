using System.Globalization;
using BatchScoring.Reporting;

namespace BatchScoring.SparkJobs.Report;

/// <summary>What decides whether today's scores may be used: bands, approvals at the cut-off.</summary>
internal static class DecisionTables
{
    public static IReadOnlyList<ReportTable> Create(ScoreDay today, IReadOnlyList<ScoreDay> earlier, CreditPolicy? policy) =>
        today.Histogram is null ? [] : [Bands(today, earlier, policy), .. Approvals(today, policy)];

    private static ReportTable Bands(ScoreDay today, IReadOnlyList<ScoreDay> earlier, CreditPolicy? policy)
    {
        if (policy is null)
            return new ReportTable("Bands", [], [],
                $"No bands are set. {CreditPolicy.Key} sets them, with the cut-off: docs/user/policy.md.");
        if (today.Bands(policy.Edges) is not { } now)
            return new ReportTable("Bands", [], [],
                "These scores were counted too coarsely for the bands; runs from now on are counted in thousandths.");
        IReadOnlyList<long>? then = earlier.Count > 0 ? earlier[0].Bands(policy.Edges) : null;
        return new ReportTable(
            "Bands",
            [
                new("Band"), new("Rows", true), new("Share", true), .. then is null ? Array.Empty<ReportColumn>() : [new("Before", true)],
                .. policy.CutOff is null ? Array.Empty<ReportColumn>() : [new("Decision")],
            ],
            [.. policy.Bands.Select((band, i) => new ReportRow(
            [
                $"{band.Name}: {Range(policy, i)}", Count(now[i]), Percent(now[i], now.Sum()), .. then is null
                    ? Array.Empty<string>()
                    : [Percent(then[i], then.Sum())],
                .. policy.CutOff is { } cut ? [band.Below <= cut ? "approve" : "decline"] : Array.Empty<string>(),
            ]))]);
    }

    /// <summary>At the cut-off, and where it would be one band lower or higher.</summary>
    private static IEnumerable<ReportTable> Approvals(ScoreDay today, CreditPolicy? policy)
    {
        if (policy?.CutOff is not { } cut || today.Bands(policy.Edges) is not { } now) yield break;
        int at = policy.Edges.ToList().IndexOf(cut);
        yield return new ReportTable(
            "Approvals",
            [new("Cut-off", true), new("Approved", true), new("Share", true), new("Change", true)],
            [.. Enumerable.Range(at - 1, 3).Where(edge => edge >= 0 && edge < policy.Edges.Count).Select(edge => new ReportRow(
            [
                Number(policy.Edges[edge]), Count(Approved(edge)), Percent(Approved(edge), now.Sum()),
                edge == at ? "today's cut-off" : (Approved(edge) - Approved(at)).ToString("+#,0;−#,0;±0", CultureInfo.InvariantCulture),
            ]))]);

        long Approved(int edge) => now.Take(edge + 1).Sum();
    }

    private static string Range(CreditPolicy policy, int band) =>
        band == 0 ? $"below {Number(policy.Edges[0])}"
        : band == policy.Edges.Count ? $"from {Number(policy.Edges[^1])}"
        : $"{Number(policy.Edges[band - 1])} to {Number(policy.Edges[band])}";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(long part, long all) =>
        all == 0 ? "—" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:0.0} %");
}
