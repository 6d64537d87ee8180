using System.Globalization;
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
        if (scores.Files.Count == 0)
            throw new BatchScoringException(JobErrors.ScoresEmpty, $"{scores.Folder} holds no rows, so there is nothing to evaluate. Evaluate another date.");
        long rows = 0;
        // Nine bytes per row and no objects: this is all that grows with the rows here.
        List<double> scored = [];
        List<byte> labels = [];
        if (outcomes.Files.Count > 0)
        {
            await foreach (ISqlChunk chunk in context.Engine.StreamAsync(Query(scores, outcomes, label), cancellation))
            {
                rows += chunk.Rows;
                Add(chunk, label, scored, labels);
            }
        }

        if (scored.Count == 0)
        {
            throw new BatchScoringException(JobErrors.OutcomesMissing,
                $"None of the {scores.Manifest!.Manifest.Content.Rows:N0} scored rows of {scores.Folder} has an outcome in test/. Try again when outcomes are known.");
        }

        return (RankedScores.Create(CollectionsMarshal.AsSpan(scored), CollectionsMarshal.AsSpan(labels)), rows - scored.Count);
    }

    private SqlQuery Query(Dataset scores, Dataset outcomes, string label)
    {
        SqlDialect sql = context.Engine.Dialect;
        string scoreKey = scores.Manifest!.Manifest.Key!, outcomeKey = outcomes.Manifest!.Manifest.Key!;
        return new SqlQuery
        {
            Text = $"SELECT CAST(s.{sql.Name("score")} AS DOUBLE) AS score, CAST(t.{sql.Name(label)} AS DOUBLE) AS outcome " +
                $"FROM scores s LEFT JOIN outcomes t ON {sql.KeyText("s." + sql.Name(scoreKey))} = {sql.KeyText("t." + sql.Name(outcomeKey))}",
            Datasets =
            [
                new SqlDataset { Name = "scores", Files = scores.Files, Columns = [scoreKey, "score"] },
                new SqlDataset { Name = "outcomes", Files = outcomes.Files, Columns = [outcomeKey, label] },
            ],
        };
    }

    private static void Add(ISqlChunk chunk, string label, List<double> scores, List<byte> labels)
    {
        ReadOnlySpan<double> score = chunk.Doubles(0), outcome = chunk.Doubles(1);
        for (int row = 0; row < chunk.Rows; row++)
        {
            if (chunk.IsNull(1, row)) continue;
            scores.Add(score[row]);
            labels.Add(Outcome(outcome[row], label));
        }
    }

    private static byte Outcome(double value, string label) => value switch
    {
        0 => 0,
        1 => 1,
        _ => throw new BatchScoringException(JobErrors.LabelNotBinary, string.Create(CultureInfo.InvariantCulture,
            $"The label {label} holds {value}; evaluation needs 0 (good) and 1 (bad). Import with a label column that has only these.")),
    };

    private static void RequireOneScore(Dataset scores)
    {
        if (scores.Manifest!.Manifest.Columns.Any(column => column.Name == "score")) return;
        throw new BatchScoringException(JobErrors.ScoreNotBinary,
            $"{scores.Folder} holds one score column per class; evaluate compares one probability with a 0/1 outcome.");
    }
}
