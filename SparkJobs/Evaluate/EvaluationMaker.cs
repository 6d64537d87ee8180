using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Statistics;
using BatchScoring.Datasets;

namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>Computes how good the scores of one revision were.</summary>
internal sealed class EvaluationMaker(JobContext context, RunDate date, Dataset scores, Dataset outcomes, string label)
{
    public async Task<EvaluationRecord> MakeAsync(CancellationToken cancellation)
    {
        (RankedScores ranked, long unknown) = await new OutcomeJoin(context).RunAsync(scores, outcomes, label, cancellation);
        int revision = scores.Revision ?? 1;
        return new EvaluationRecord
        {
            Run = new RunId(EvaluateJob.JobName, date, revision).ToString(),
            RunDate = date.ToString(),
            Revision = revision,
            ScoresFolder = scores.Folder,
            ScoresManifestSha256 = scores.Manifest!.Sha256,
            OutcomesManifestSha256 = outcomes.Manifest!.Sha256,
            Label = label,
            Rows = ranked.Rows,
            RowsWithoutOutcome = unknown,
            Bads = ranked.Bads,
            Auc = Discrimination.Auc(ranked),
            Gini = Discrimination.Gini(ranked),
            Ks = Discrimination.Ks(ranked),
            Logloss = ProbabilityLoss.Logloss(ranked),
            Brier = ProbabilityLoss.Brier(ranked),
            Gain = GainTable.Create(ranked),
            Leak = await LeakAsync(cancellation),
            Created = context.Time.GetUtcNow(),
            Program = ProgramVersion.Text,
        };
    }

    /// <summary>
    /// A model given as a plain file names no learning dataset; what can be said then is how many rows stand in this root's train/.
    /// </summary>
    private async Task<LeakFinding> LeakAsync(CancellationToken cancellation)
    {
        Dataset? train = (await new DatasetReader(context.Store).RevisionsAsync(FolderLayout.Train, cancellation))
            .FirstOrDefault(found => found.Condition == DatasetCondition.Sealed);
        if (train is null)
            return new LeakFinding(false, null, "train/ is not here, and the model names no learning dataset.");
        if (train.IsEmpty)
            return new LeakFinding(false, 0, "The model names no learning dataset. train/ of this root holds no rows.");
        SqlDialect sql = context.Engine.Dialect;
        SqlResult count = await context.Engine.QueryAsync(new SqlQuery
        {
            Text = $"SELECT count(*) AS n FROM scores s JOIN learned t ON {sql.KeyText("s." + sql.Name(scores.Manifest!.Manifest.Key!))} = " +
                sql.KeyText("t." + sql.Name(train.Manifest!.Manifest.Key!)),
            Datasets =
            [
                new SqlDataset { Name = "scores", Files = scores.Files, Columns = [scores.Manifest!.Manifest.Key!] },
                new SqlDataset { Name = "learned", Files = train.Files, Columns = [train.Manifest!.Manifest.Key!] },
            ],
        }, cancellation);
        long overlap = Convert.ToInt64(count.Rows[0][0], CultureInfo.InvariantCulture);
        return new LeakFinding(false, overlap, string.Create(CultureInfo.InvariantCulture,
            $"The model names no learning dataset. {overlap:N0} of the scored rows stand in train/ of this root."));
    }
}
