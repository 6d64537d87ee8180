using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Engines;
using BatchScoring.Reporting;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Report;

/// <summary>Predicted and known bad rates by the values of a column of the pool.</summary>
internal sealed class SegmentTables(JobContext context)
{
    /// <summary>A column with more values is no segment.</summary>
    private const int MaxValues = 30;

    public async Task<IReadOnlyList<ReportTable>> CreateAsync(
        Dataset scores, Dataset outcomes, string label, IReadOnlyList<string> segments, CancellationToken cancellation)
    {
        var tables = new List<ReportTable>();
        foreach (string segment in segments)
        {
            if (outcomes.Manifest!.Manifest.Columns.Any(column => column.Name == segment))
                tables.Add(Table(segment, await QueryAsync(scores, outcomes, label, segment, cancellation)));
            else
                tables.Add(new ReportTable($"By {segment}", [], [],
                    $"{CreditPolicy.Key} names the segment {segment}; {FolderLayout.Test} has no such column."));
        }

        return tables;
    }

    private Task<SqlResult> QueryAsync(Dataset scores, Dataset outcomes, string label, string segment, CancellationToken cancellation)
    {
        SqlDialect sql = context.Engine.Dialect;
        string scoreKey = scores.Manifest!.Manifest.Key!, outcomeKey = outcomes.Manifest!.Manifest.Key!,
            value = sql.KeyText("t." + sql.Name(segment));
        return context.Engine.QueryAsync(
            new SqlQuery
            {
                Text = $"SELECT {value} AS segment, count(*) AS n, CAST(sum(CAST(t.{sql.Name(label)} AS DOUBLE)) AS DOUBLE) AS bads, "
                    + $"CAST(avg(s.{sql.Name("score")}) AS DOUBLE) AS predicted FROM scores s JOIN outcomes t "
                    + $"ON {sql.KeyText("s." + sql.Name(scoreKey))} = {sql.KeyText("t." + sql.Name(outcomeKey))} "
                    + $"WHERE t.{sql.Name(label)} IS NOT NULL GROUP BY {value} ORDER BY n DESC, segment LIMIT {MaxValues + 1}",
                Datasets =
                [
                    new SqlDataset { Name = "scores", Files = scores.Files, Columns = [scoreKey, "score"] },
                    new SqlDataset { Name = "outcomes", Files = outcomes.Files,
                        Columns = [.. new[] { outcomeKey, label, segment }.Distinct(StringComparer.Ordinal)] },
                ],
            },
            cancellation);
    }

    private static ReportTable Table(string segment, SqlResult result) => new(
        $"By {segment}",
        [new(segment), new("Rows", true), new("Predicted", true), new("Bad rate", true), new("95 % from", true), new("to", true),
            new("Bads", true)],
        [.. result.Rows.Take(MaxValues).Select(Row)],
        result.Rows.Count > MaxValues ? $"The {MaxValues} most frequent values; there are more." : null);

    private static ReportRow Row(IReadOnlyList<object?> row)
    {
        long rows = Convert.ToInt64(row[1], CultureInfo.InvariantCulture),
            bads = (long)Convert.ToDouble(row[2], CultureInfo.InvariantCulture);
        double predicted = Convert.ToDouble(row[3], CultureInfo.InvariantCulture);
        var interval = WilsonInterval.Of(bads, rows);
        return new ReportRow(
            [
                row[0] as string ?? "(missing)", rows.ToString("N0", CultureInfo.InvariantCulture), Percent(predicted),
                    Percent(bads / (double)rows),
                Percent(interval.Lower), Percent(interval.Upper), bads.ToString("N0", CultureInfo.InvariantCulture),
            ],
            predicted < interval.Lower ? "promised too little" : predicted > interval.Upper ? "promised too much" : null);
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
