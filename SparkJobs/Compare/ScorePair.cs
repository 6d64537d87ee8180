using System.Globalization;
using System.Runtime.InteropServices;
using BatchScoring.Datasets;
using BatchScoring.Engines;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Report;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Compare;

/// <summary>Two score datasets, asked by SQL. Keeps 8 bytes per row and side, and 16 per row that both have.</summary>
internal sealed class ScorePair(JobContext context, Dataset then, Dataset now)
{
    private const int Moved = 10;

    public async Task<Comparison> CompareAsync(CreditPolicy? policy, CancellationToken cancellation)
    {
        (List<double> before, _) = await ReadAsync(All("then_scores"), columns: 1, cancellation);
        (List<double> after, _) = await ReadAsync(All("now_scores"), columns: 1, cancellation);
        (List<double> first, List<double> second) = await ReadAsync(Common(""), columns: 2, cancellation);
        var tenths = QuantileBins.Of(CollectionsMarshal.AsSpan(before));
        IReadOnlyList<double> edges = policy?.Edges ?? tenths.Edges;
        MigrationMatrix migration = new(edges.Count + 1);
        for (int row = 0; row < first.Count; row++) migration.Add(Band(edges, first[row]), Band(edges, second[row]));
        return new Comparison
        {
            Then = then,
            Now = now,
            Bands = policy?.Names ?? [.. Enumerable.Range(1, edges.Count + 1).Select(band => band.ToString(CultureInfo.InvariantCulture))],
            Psi = PopulationStability.Of(tenths.Count(CollectionsMarshal.AsSpan(before)), tenths.Count(CollectionsMarshal.AsSpan(after))),
            BandsThen = Bands(edges, before),
            BandsNow = Bands(edges, after),
            Migration = migration,
            RankCorrelation = RankCorrelation.Spearman(CollectionsMarshal.AsSpan(first), CollectionsMarshal.AsSpan(second)),
            Moved = first.Count == 0 ? [] : await MovedAsync(cancellation),
        };
    }

    /// <summary>An edge belongs to the band above it.</summary>
    private static int Band(IReadOnlyList<double> edges, double score)
    {
        int band = 0;
        while (band < edges.Count && score >= edges[band]) band++;
        return band;
    }

    private static long[] Bands(IReadOnlyList<double> edges, List<double> scores)
    {
        long[] counts = new long[edges.Count + 1];
        foreach (double score in scores) counts[Band(edges, score)]++;
        return counts;
    }

    private async Task<IReadOnlyList<MovedRow>> MovedAsync(CancellationToken cancellation)
    {
        string key = Key("t", then);
        SqlResult rows = await context.Engine.QueryAsync(
            Common($"{key} AS row_key, ", $" ORDER BY abs(n.score - t.score) DESC, {key} LIMIT {Moved}"), cancellation);
        return
        [
            .. rows.Rows.Select(row => new MovedRow((string)row[0]!, Convert.ToDouble(row[1], CultureInfo.InvariantCulture),
                Convert.ToDouble(row[2], CultureInfo.InvariantCulture)))
                .Where(row => row.Then != row.Now),
        ];
    }

    private SqlQuery All(string table) => new()
    {
        Text = $"SELECT CAST(score AS DOUBLE) AS score FROM {table}",
        Datasets = [table == "then_scores" ? Table(table, then) : Table(table, now)],
    };

    private SqlQuery Common(string before, string after = "") => new()
    {
        Text = $"SELECT {before}CAST(t.score AS DOUBLE) AS earlier, CAST(n.score AS DOUBLE) AS later FROM then_scores t JOIN now_scores " +
            $"n ON {Key("t", then)} = {Key("n", now)}{after}",
        Datasets = [Table("then_scores", then), Table("now_scores", now)],
    };

    private string Key(string alias, Dataset scores) =>
        context.Engine.Dialect.KeyText($"{alias}.{context.Engine.Dialect.Name(scores.Manifest!.Manifest.Key!)}");

    private static SqlDataset Table(string name, Dataset scores) =>
        new() { Name = name, Files = scores.Files, Columns = [scores.Manifest!.Manifest.Key!, "score"] };

    private async Task<(List<double> First, List<double> Second)> ReadAsync(SqlQuery query, int columns, CancellationToken cancellation)
    {
        List<double> first = [], second = [];
        await foreach (ISqlChunk chunk in context.Engine.StreamAsync(query, cancellation))
        {
            first.AddRange(chunk.Doubles(0));
            if (columns > 1) second.AddRange(chunk.Doubles(1));
        }

        return (first, second);
    }
}
