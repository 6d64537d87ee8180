using System.Runtime.InteropServices;
using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Statistics;
using BatchScoring.Datasets;

namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>Brings scores and outcomes together by key.</summary>
internal sealed class OutcomeJoin(JobContext context)
{
    /// <returns>The rows with an outcome, ranked, and how many have none.</returns>
    public async Task<(RankedScores Ranked, long Unknown)> RunAsync(
        Dataset scores, Dataset outcomes, string label, CancellationToken cancellation)
    {
        RequireOneScore(scores);
        if (scores.IsEmpty)
            throw new BatchScoringException(JobErrors.ScoresEmpty,
                $"{scores.Folder} holds no rows, so there is nothing to evaluate. Evaluate another date.");
        long rows = 0;
        // Nine bytes per row and no objects: this is all that grows with the rows here.
        List<double> scored = [];
        List<byte> labels = [];
        if (!outcomes.IsEmpty)
        {
            await foreach (ISqlChunk chunk in context.Engine.StreamAsync(Query(scores, outcomes, label), cancellation))
            {
                rows += chunk.Rows;
                if (!TryAdd(chunk, scored, labels)) throw await NotBinaryAsync(outcomes, label, cancellation);
            }
        }

        if (scored.Count == 0)
        {
            throw new BatchScoringException(JobErrors.OutcomesMissing,
                $"None of the {scores.Manifest!.Manifest.Content.Rows:N0} scored rows of {scores.Folder} has an outcome in test/. Try " +
                "again when outcomes are known.");
        }

        return (RankedScores.Create(CollectionsMarshal.AsSpan(scored), CollectionsMarshal.AsSpan(labels)), rows - scored.Count);
    }

    private SqlQuery Query(Dataset scores, Dataset outcomes, string label)
    {
        SqlDialect sql = context.Engine.Dialect;
        string scoreKey = scores.Manifest!.Manifest.Key!, outcomeKey = outcomes.Manifest!.Manifest.Key!;
        return new SqlQuery
        {
            Text = $"SELECT CAST(s.{sql.Name("score")} AS DOUBLE) AS score, {Outcome(sql, "t." + sql.Name(label))} AS outcome " +
                $"FROM scores s LEFT JOIN outcomes t ON {sql.KeyText("s." + sql.Name(scoreKey))} = " +
                $"{sql.KeyText("t." + sql.Name(outcomeKey))}",
            Datasets =
            [
                new SqlDataset { Name = "scores", Files = scores.Files, Columns = [scoreKey, "score"] },
                new SqlDataset { Name = "outcomes", Files = outcomes.Files, Columns = [outcomeKey, label] },
            ],
        };
    }

    /// <summary>
    /// The label as a number; text that is none becomes one that no outcome has, on both engines, instead of their own error or a null.
    /// </summary>
    private static string Outcome(SqlDialect sql, string column) =>
        $"CASE WHEN {column} IS NULL OR {sql.KeyText(column)} = '' THEN NULL ELSE COALESCE(TRY_CAST({column} AS DOUBLE), CAST(-1 AS " +
        "DOUBLE)) END";

    /// <summary>False when an outcome is neither 0 nor 1; NaN is how numpy and pandas write that it is not known.</summary>
    private static bool TryAdd(ISqlChunk chunk, List<double> scores, List<byte> labels)
    {
        ReadOnlySpan<double> score = chunk.Doubles(0), outcome = chunk.Doubles(1);
        for (int row = 0; row < chunk.Rows; row++)
        {
            if (chunk.IsNull(1, row) || double.IsNaN(outcome[row])) continue;
            if (outcome[row] is not (0 or 1)) return false;
            scores.Add(score[row]);
            labels.Add((byte)outcome[row]);
        }

        return true;
    }

    private async Task<BatchScoringException> NotBinaryAsync(Dataset outcomes, string label, CancellationToken cancellation)
    {
        SqlDialect sql = context.Engine.Dialect;
        string column = sql.Name(label), outcome = Outcome(sql, column);
        SqlResult found = await context.Engine.QueryAsync(new SqlQuery
        {
            Text = $"SELECT DISTINCT {sql.KeyText(column)} AS value FROM outcomes WHERE {outcome} NOT IN (0, 1) AND NOT isnan({outcome}) " +
                "ORDER BY value LIMIT 3",
            Datasets = [new SqlDataset { Name = "outcomes", Files = outcomes.Files, Columns = [label] }],
        }, cancellation);
        return new BatchScoringException(JobErrors.LabelNotBinary,
            $"The label {label} holds {string.Join(", ", found.Rows.Select(row => row[0]))}; evaluation needs 0 (good) and 1 (bad). "
            + "Import with a label column that has only these.");
    }

    private static void RequireOneScore(Dataset scores)
    {
        if (scores.Manifest!.Manifest.Columns.Any(column => column.Name == "score")) return;
        throw new BatchScoringException(JobErrors.ScoreNotBinary,
            $"{scores.Folder} holds one score column per class; evaluate compares one probability with a 0/1 outcome.");
    }
}
