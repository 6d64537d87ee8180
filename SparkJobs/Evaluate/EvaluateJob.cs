using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>Joins the scores of a date with the outcomes in test/ and publishes the figures: a run whose result is one file.</summary>
internal sealed class EvaluateJob(JobContext context)
{
    public const string JobName = "evaluate";

    public async Task<JobOutcome> RunAsync(RunDate date, int? revision, bool dryRun, CancellationToken cancellation)
    {
        Dataset scores = await KnownDatasets.ScoresAsync(context.Store, date, revision, cancellation);
        Dataset outcomes = await KnownDatasets.PoolAsync(context.Store, cancellation);
        string label = KnownDatasets.Rule(outcomes).Label ?? throw new BatchScoringException(JobErrors.LabelMissing,
            "test/ has no label column, so there is nothing to compare scores with. Import with --label COLUMN into a new root.");
        var making = new EvaluationMaker(context, date, scores, outcomes, label);
        RunRequest request = Request(date, scores, outcomes, label, making);
        var pipeline = new RunPipeline(context);
        if (dryRun)
        {
            if (RunText.Outcome(await pipeline.LookAsync(request, cancellation)) is { } known) return known;
            EvaluationRecord would = await making.MakeAsync(cancellation);
            return JobOutcome.Ok(Json(would, repeated: false),
                EvaluationText.Lines(would, $"{would.Run}: dry run; would publish, of {would.ScoresFolder}:"));
        }

        RunRecord record = await pipeline.RunAsync(request, cancellation);
        (EvaluationRecord evaluation, _) = await new Evaluations(context.Store).GetAsync(date, request.Run.Revision, cancellation);
        bool again = record.Verdict != Verdict.Published;
        return JobOutcome.Ok(Json(evaluation, again), EvaluationText.Lines(evaluation, again
            ? FormattableString.Invariant(
                $"{evaluation.Run}: already evaluated on {evaluation.Created:yyyy-MM-dd HH:mm} UTC; nothing done.")
            : $"{evaluation.Run}: evaluated {evaluation.ScoresFolder}"));
    }

    private RunRequest Request(RunDate date, Dataset scores, Dataset outcomes, string label, EvaluationMaker making)
    {
        int revision = scores.Revision ?? 1;
        return new RunRequest
        {
            Run = new RunId(JobName, date, revision),
            Folder = FolderLayout.Evaluation(date, revision),
            Options = new JsonObject { ["label"] = label },
            Input = new PlannedInput
            {
                Files = [.. scores.Files, .. outcomes.Files],
                Splits = [],
                Columns = [],
                Identity = $"manifests {scores.Manifest!.Sha256} {outcomes.Manifest!.Sha256}",
            },
            Producer = new ArtifactProducer(context.Store, ".json", async cancellation =>
            {
                EvaluationRecord made = await making.MakeAsync(cancellation);
                EvaluationRecord result = made with { Created = default, Program = "" };
                return new Artifact(Bytes(made), Bytes(result), made.Rows + made.RowsWithoutOutcome);
            }),
        };
    }

    private static byte[] Bytes(EvaluationRecord evaluation) =>
        JsonSerializer.SerializeToUtf8Bytes(evaluation, JobJson.Default.EvaluationRecord);

    private static JsonObject Json(EvaluationRecord evaluation, bool repeated)
    {
        JsonObject json = JsonNode.Parse(JsonSerializer.Serialize(evaluation, JobJson.Default.EvaluationRecord))!.AsObject();
        json["repeated"] = repeated;
        return json;
    }
}
