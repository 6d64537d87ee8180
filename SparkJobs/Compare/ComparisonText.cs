using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Datasets;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Compare;

/// <summary>A comparison for a terminal and for programs.</summary>
internal static class ComparisonText
{
    public static IReadOnlyList<string> Lines(Comparison c)
    {
        MigrationMatrix moves = c.Migration;
        List<string> lines =
        [
            $"{c.Now.Folder} beside {c.Then.Folder}",
            Text($"  rows     {c.BandsNow.Sum():N0} now, {c.BandsThen.Sum():N0} then, {moves.Rows:N0} in both"),
            Text($"  PSI      {c.Psi.Value:0.0000}, {Habit(c.Psi)} by habit; chance alone stays below {c.Psi.Limit:0.0000}"),
            Text($"  model    {ModelOf(c.Now)}{(ModelOf(c.Now) == ModelOf(c.Then) ? ", the same" : $"; then {ModelOf(c.Then)}")}"),
        ];
        if (moves.Rows == 0)
        {
            lines.Add("  No row is in both: only the shares can be compared.");
        }
        else
        {
            lines.Add(c.RankCorrelation is { } rho
                ? Text($"  order    Spearman {rho:0.0000} (1 = the same order)")
                : "  order    not defined: one side holds a single value");
            lines.Add(Text($"  bands    {moves.Stayed:N0} stayed, {moves.Riskier:N0} moved up, {moves.Safer:N0} moved down"));
        }

        lines.AddRange(["", .. Table(c)]);
        if (c.Moved.Count > 0) lines.AddRange(
            ["", "moved most", .. c.Moved.Select(row => Text($"  {row.Key}  {row.Then:0.000000} → {row.Now:0.000000}"))]);
        return lines;
    }

    public static JsonObject Json(Comparison c) => new()
    {
        ["now"] = Side(c.Now, c.BandsNow),
        ["then"] = Side(c.Then, c.BandsThen),
        ["rows_in_both"] = c.Migration.Rows,
        ["psi"] = new JsonObject { ["value"] = c.Psi.Value, ["limit"] = c.Psi.Limit, ["bins"] = c.Psi.Bins },
        ["rank_correlation"] = c.RankCorrelation,
        ["bands"] = new JsonArray([.. c.Bands.Select(name => (JsonNode)name)]),
        ["migration"] = new JsonArray([.. Enumerable.Range(0, c.Bands.Count).Select(before =>
            (JsonNode)new JsonArray([.. Enumerable.Range(0, c.Bands.Count).Select(after => (JsonNode)c.Migration[before, after])]))]),
        ["moved"] = new JsonArray(
            [.. c.Moved.Select(row => (JsonNode)new JsonObject { ["key"] = row.Key, ["then"] = row.Then, ["now"] = row.Now })]),
    };

    /// <summary>Shares now and then by band; where rows are in both, how many came from which band.</summary>
    private static IEnumerable<string> Table(Comparison c)
    {
        int width = Math.Max(4, c.Bands.Max(name => name.Length));
        bool moves = c.Migration.Rows > 0;
        yield return $"  {"band".PadRight(width)}     now    " +
            $"then{(moves ? "   of those then here, now in: " + string.Join(' ', c.Bands.Select(name => name.PadLeft(6))) : "")}";
        for (int band = 0; band < c.Bands.Count; band++)
        {
            int row = band;
            string counts = moves ? new string(' ', 32) +
                string.Join(' ', Enumerable.Range(0, c.Bands.Count).Select(after => Text($"{c.Migration[row, after],6}"))) : "";
            yield return $"  {c.Bands[band].PadRight(width)}  {Share(c.BandsNow, band)} {Share(c.BandsThen, band)}{counts}";
        }
    }

    private static string Habit(PopulationStability psi) =>
        psi.Value < PopulationStability.Watch ? "stable" : psi.Value <= PopulationStability.Act ? "watch" : "act";

    private static string Share(IReadOnlyList<long> counts, int band) => Text($"{100.0 * counts[band] / counts.Sum(),5:0.0} %");

    private static JsonNode Side(Dataset scores, IReadOnlyList<long> bands) => new JsonObject
    {
        ["folder"] = scores.Folder,
        ["revision"] = scores.Revision,
        ["model"] = ModelOf(scores),
        ["rows"] = bands.Sum(),
        ["bands"] = new JsonArray([.. bands.Select(count => (JsonNode)count)]),
    };

    private static string ModelOf(Dataset scores) =>
        scores.Manifest!.Manifest.Model is { } model ? $"{model.Name} {model.Version}" : "unknown";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
