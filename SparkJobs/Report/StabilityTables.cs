using System.Globalization;
using BatchScoring.Reporting;
using BatchScoring.Scoring;
using BatchScoring.SparkJobs.Score;
using BatchScoring.Statistics;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Report;

/// <summary>
/// Whether today's rows are like those that the model learned from, and like earlier days': scores, features, missing values. All from what
/// tasks counted and the contract holds; no row is read again.
/// </summary>
internal sealed class StabilityTables(ScoreDay today, IReadOnlyList<ScoreDay> earlier, ModelContract? contract, ScoreDetails? details)
{
    /// <summary>A table has room for so many features: those that moved most.</summary>
    private const int Shown = 10;

    /// <summary>Of many features some differ by two standard errors always; four are hardly ever chance.</summary>
    private const double StandardErrors = 4;

    private readonly ScoreDay[] _same = [.. earlier.Where(day => day.Record.Model?.Sha256 == today.Record.Model?.Sha256)];

    public IReadOnlyList<ReportTable> Create() => [Scores(), .. Features(), .. Missing()];

    private ReportTable Scores()
    {
        string training = today.Histogram is null
            ? "Against training nothing is said: contracts hold the scores of models with one probability."
            : contract?.Scores is null
            ? "Against training nothing is said: the run had no contract that holds its scores (batch-score contract suggest makes one)."
            : "The model has seen its training rows: its scores of them are a little more extreme.";
        ReportRow[] rows = [.. AgainstTraining(), .. AgainstDays()];
        if (rows.Length == 0) return new ReportTable("Stability", [], [], "No earlier scores of this model to compare with. " + training);
        return new ReportTable(
            "Stability",
            [new("Scores against"), new("PSI", true), new("Limit of chance", true), new("By habit"), new("Rows then", true)],
            rows,
            "PSI over ten groups; below the limit of chance two samples of one population look alike. By habit: below 0.10 stable, up to " +
            "0.25 watch, above act. " + training);
    }

    private IEnumerable<ReportRow> AgainstTraining()
    {
        if (contract?.Scores is not { } profile || today.Histogram is not { Total: > 0 } now) yield break;
        if (profile.Count(now) is not { } counts) yield break;
        yield return Row("training", PopulationStability.Of([.. profile.Counts], counts), profile.Counts.Sum());
    }

    /// <summary>The last day and the first, of one score; the last day alone, of each of several.</summary>
    private IEnumerable<ReportRow> AgainstDays()
    {
        IReadOnlyList<ScoreColumnStatistics> columns = today.Statistics.Columns;
        ScoreDay[] comparable = [.. _same.Where(day => Stability(day, 0) is not null)];
        if (comparable.Length == 0) yield break;
        ScoreDay[] days = columns.Count > 1 ? [comparable[0]] : [.. new[] { comparable[0], comparable[^1] }.DistinctBy(day => day.Date)];
        foreach (ScoreDay day in days)
        {
            for (int column = 0; column < columns.Count; column++)
            {
                if (Stability(day, column) is not { } psi) continue;
                string name = columns.Count > 1 ? $"{ScoreNames.Of(columns[column], details, column)}, {day.Date}" : day.Date.ToString();
                yield return Row(name, psi, day.Statistics.Columns[column].Count);
            }
        }
    }

    private PopulationStability? Stability(ScoreDay day, int column)
    {
        if (day.Statistics.Columns.Count <= column) return null;
        ScoreColumnStatistics then = day.Statistics.Columns[column], now = today.Statistics.Columns[column];
        if (then.Count == 0 || now.Count == 0) return null;
        if (then.Histogram is { } before && now.Histogram is { } after)
            return before.HasBinsOf(after) ? PopulationStability.Of(before, after) : null;
        return then.Magnitudes is { } old && now.Magnitudes is { } current ? PopulationStability.Of(old, current) : null;
    }

    private IEnumerable<ReportTable> Features()
    {
        var all = new List<(string Feature, PopulationStability Psi)>();
        foreach (FeatureRule rule in contract?.Features ?? []) if (Stability(rule) is { } psi) all.Add((rule.Feature, psi));
        if (all.Count == 0) yield break;
        yield return new ReportTable(
            "Features against training",
            [new("Feature"), new("PSI", true), new("Limit of chance", true), new("By habit")],
            [.. all.OrderByDescending(feature => feature.Psi.Value).Take(Shown).Select(feature => new ReportRow(
                [feature.Feature, Number(feature.Psi.Value), Number(feature.Psi.Limit), Habit(feature.Psi)], Mark(feature.Psi)))],
            string.Create(CultureInfo.InvariantCulture,
                $"{(all.Count > Shown ? $"The {Shown} that moved most of {all.Count:N0} features" : "The features")} that the contract "
                + $"counts in groups: those with the most thresholds in the model. Missing values are a group."));
    }

    private PopulationStability? Stability(FeatureRule rule)
    {
        if (rule.Training is not { HasGroups: true } training || training.Rows == 0 || today.Record.RowsRead == 0) return null;
        if (today.Statistics.Groups?.GetValueOrDefault(rule.Feature) is not { } now || now.Count != training.Counts?.Count) return null;
        return PopulationStability.Of([training.Missing, .. training.Counts], [today.Record.RowsRead - now.Sum(), .. now]);
    }

    private IEnumerable<ReportTable> Missing()
    {
        if (today.Statistics.Missing is not { } now || today.Record.RowsRead == 0) yield break;
        ScoreDay? before = _same.FirstOrDefault(day => day.Statistics.Missing is not null && day.Record.RowsRead > 0);
        var training = (contract?.Features ?? []).Where(rule => rule is { Categories: null, Training.Rows: > 0 })
            .ToDictionary(rule => rule.Feature, rule => rule.Training!, StringComparer.Ordinal);
        string[] names = [.. now.Keys.Concat(before?.Statistics.Missing!.Keys ?? [])
            .Concat(training.Where(pair => pair.Value.Missing > 0).Select(pair => pair.Key)).Distinct(StringComparer.Ordinal)];
        MissingShare[] shares = [.. names.Select(name => new MissingShare(
                name, new Part(now.GetValueOrDefault(name), today.Record.RowsRead),
                before is null ? null : new Part(before.Statistics.Missing!.GetValueOrDefault(name), before.Record.RowsRead),
                training.TryGetValue(name, out FeatureProfile? known) ? new Part(known.Missing, known.Rows) : null))
            .OrderByDescending(share => Math.Abs(share.Difference)).ThenByDescending(share => share.Now.Share)
            .ThenBy(share => share.Feature, StringComparer.Ordinal)];
        if (shares.Length == 0)
        {
            yield return new ReportTable("Missing values", [], [], "No number is missing in any row.");
            yield break;
        }

        yield return new ReportTable(
            "Missing values",
            [new("Feature"), new("Today", true), .. before is null ? Array.Empty<ReportColumn>() : [new("Before", true)],
                .. training.Count == 0 ? Array.Empty<ReportColumn>() : [new("Training", true)]],
            [.. shares.Take(Shown).Select(share => new ReportRow(
                [share.Feature, Percent(share.Now), .. before is null ? Array.Empty<string>() : [Percent(share.Before)],
                    .. training.Count == 0 ? Array.Empty<string>() : [Percent(share.Training)]],
                share.IsFar ? share.Difference > 0 ? "more" : "fewer" : null))],
            shares.Length <= Shown ? null : string.Create(CultureInfo.InvariantCulture,
                $"The {Shown} that {(training.Count == 0 && before is null ? "miss" : "moved")} most of {shares.Length:N0} features "
                + $"with missing values."));
    }

    private static ReportRow Row(string against, PopulationStability psi, long rows) =>
        new([against, Number(psi.Value), Number(psi.Limit), Habit(psi), rows.ToString("N0", CultureInfo.InvariantCulture)], Mark(psi));

    private static string Habit(PopulationStability psi) =>
        psi.Value < PopulationStability.Watch ? "stable" : psi.Value <= PopulationStability.Act ? "watch" : "act";

    /// <summary>More than chance and at least worth watching: on many rows every difference is more than chance.</summary>
    private static string? Mark(PopulationStability psi) =>
        psi is { BeyondChance: true, Value: > PopulationStability.Act }
            ? "shifted"
            : psi is { BeyondChance: true, Value: >= PopulationStability.Watch } ? "watch" : null;

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Percent(Part? part) =>
        part is { } known ? string.Create(CultureInfo.InvariantCulture, $"{100 * known.Share:0.0} %") : "—";

    private readonly record struct Part(long Rows, long Of)
    {
        public double Share => Rows / (double)Of;
    }

    private sealed record MissingShare(string Feature, Part Now, Part? Before, Part? Training)
    {
        public double Difference => (Training ?? Before) is { } then ? Now.Share - then.Share : 0;

        /// <summary>Far more than chance, and at least a point of percent.</summary>
        public bool IsFar
        {
            get
            {
                if ((Training ?? Before) is not { } then) return false;
                double all = (Now.Rows + then.Rows) / (double)(Now.Of + then.Of);
                double error = Math.Sqrt(all * (1 - all) * ((1.0 / Now.Of) + (1.0 / then.Of)));
                return Math.Abs(Difference) >= 0.01 && Math.Abs(Difference) > StandardErrors * error;
            }
        }
    }
}
