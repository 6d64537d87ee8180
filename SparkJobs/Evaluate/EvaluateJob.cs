using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Runs;
using BatchScoring.Statistics;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>Joins the scores of a date with the outcomes in test/ and keeps the figures beside the run.</summary>
internal sealed class EvaluateJob(JobContext context)
{
    public const string FileName = "evaluation.json";

    public async Task<JobOutcome> RunAsync(RunDate date, int? revision, bool dryRun, CancellationToken cancellation)
    {
        Dataset scores = await KnownDatasets.ScoresAsync(context.Store, date, revision, cancellation);
        Dataset outcomes = await KnownDatasets.PoolAsync(context.Store, cancellation);
        SamplingRule rule = KnownDatasets.Rule(outcomes);
        string label = rule.Label ?? throw new BatchScoringException("LABEL_MISSING", ExitCode.InputUnusable,
            "test/ has no label column, so there is nothing to compare scores with. Import with --label COLUMN into a new root.");
        var run = new RunId("evaluate", date, scores.Revision ?? 1);
        string fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{scores.Manifest!.Sha256} {outcomes.Manifest!.Sha256} {label}")));
        string key = FolderLayout.Run(run) + FileName;
        if (await FindAsync(key, cancellation) is { } known) return Answer(known, fingerprint, again: true);

        EvaluationRecord evaluation = await ComputeAsync(run, date, scores, outcomes, label, fingerprint, cancellation);
        // The figures are the answer; a dry run only keeps them to itself.
        if (dryRun) return Answer(evaluation, fingerprint, again: false);
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(evaluation, JobJson.Default.EvaluationRecord);
        bool first = await context.Store.PutAsync(key, content, PutCondition.IfAbsent, cancellation);
        return Answer(first ? evaluation : (await FindAsync(key, cancellation))!, fingerprint, again: !first);
    }

    public Task<EvaluationRecord?> FindAsync(string key, CancellationToken cancellation) =>
        new RunStore(context.Store, context.Time).GetAsync(key, JobJson.Default.EvaluationRecord, cancellation);

    private async Task<EvaluationRecord> ComputeAsync(
        RunId run, RunDate date, Dataset scores, Dataset outcomes, string label, string fingerprint, CancellationToken cancellation)
    {
        (RankedScores ranked, long unknown) = await new OutcomeJoin(context).RunAsync(scores, outcomes, label, cancellation);
        return new EvaluationRecord
        {
            Run = run.ToString(),
            RunDate = date.ToString(),
            Revision = run.Revision,
            Fingerprint = fingerprint,
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
            Leak = await LeakAsync(scores, cancellation),
            Created = context.Time.GetUtcNow(),
            Program = ProgramVersion.Text,
        };
    }

    /// <summary>A model given as a plain file names no learning dataset; what can be said then is how many rows stand in this root's train/.</summary>
    private async Task<LeakFinding> LeakAsync(Dataset scores, CancellationToken cancellation)
    {
        Dataset? train = (await new DatasetReader(context.Store).RevisionsAsync(FolderLayout.Train, cancellation)).FirstOrDefault(found => found.Condition == DatasetCondition.Sealed);
        if (train is null)
            return new LeakFinding(false, null, "train/ is not here, and the model names no learning dataset.");
        if (train.Files.Count == 0) return new LeakFinding(false, 0, "The model names no learning dataset. train/ of this root holds no rows.");
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

    private static JobOutcome Answer(EvaluationRecord evaluation, string fingerprint, bool again)
    {
        if (evaluation.Fingerprint != fingerprint)
        {
            throw new BatchScoringException("EVALUATED_DIFFERENTLY", ExitCode.InputUnusable,
                $"{evaluation.Run} was evaluated from other scores or outcomes (label {evaluation.Label}); what is published never changes. Evaluate another revision.");
        }

        JsonObject json = JsonNode.Parse(JsonSerializer.Serialize(evaluation, JobJson.Default.EvaluationRecord))!.AsObject();
        json["repeated"] = again;
        return JobOutcome.Ok(json, EvaluationText.Lines(evaluation, again));
    }
}
