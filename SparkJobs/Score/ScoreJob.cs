using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Hosting;
using BatchScoring.Models;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Report;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Score;

/// <summary>Scores the rows of a date: checks the schema before any task runs, then plan → tasks → publish → report.</summary>
internal sealed class ScoreJob(JobContext context, ScoreOptions options)
{
    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        RequireReason();
        await RequirePredecessorAsync(cancellation);
        var model = ModelFile.Load(await context.LocalAsync(options.Model, cancellation));
        string folder = FolderLayout.TestSample(options.Date);
        string key = options.Key ?? (await KnownDatasets.SampleAsync(context.Store, options.Date, cancellation)).Manifest?.Manifest.Key
            ?? throw new BatchScoringException(JobErrors.KeyMissing, $"The manifest of {folder} names no key column; give --key COLUMN.");
        PlannedInput input = await new InputPlanner(context)
            .PlanAsync(folder, options.TrustKeys ? null : key, options.Unsealed, options.Folder, cancellation);
        SchemaCheck.Require(input, model.Model, key, options.PassThrough, folder);
        RunRequest request = await RequestAsync(model, key, input, cancellation);
        string[] notes = model.Model.HasFeatureNames ? [] : ["The model has no feature names: its columns were bound by position."];
        if (options.DryRun)
        {
            var planned = JobOutcome.Ok(new JsonObject
            {
                ["folder"] = request.Folder,
                ["rows"] = input.Rows,
                ["splits"] =
                input.Splits.Count
            }, $"would score {input.Rows:N0} rows in {input.Splits.Count} split(s) into {request.Folder}");
            return (RunText.Outcome(await new RunPipeline(context).LookAsync(request, cancellation)) ?? planned) with { Notes = notes };
        }

        RunRecord record = await new RunPipeline(context).RunAsync(request, cancellation);
        Reporting.Report report = await new ScoreReport(context).OfRunAsync(record with { Verdict = Settled(record) }, cancellation);
        await ReportFiles.PutAsync(context.Store, record.AttemptFolder, report, cancellation);
        JobOutcome outcome = RunText.Outcome(record);
        return outcome with { Lines = [.. outcome.Lines, $"  score    {ScoreWords.Of(model.Model).Meaning}"], Notes = notes };
    }

    /// <summary>The report tells of the attempt that published, whoever asks for it.</summary>
    private static Verdict Settled(RunRecord record) => record.Verdict is Verdict.Held ? Verdict.Held : Verdict.Published;

    private void RequireReason()
    {
        if (options.Revision < 1)
            throw new BatchScoringException(HostErrors.OptionInvalid, $"--revision is {options.Revision}; revisions count from 1.");
        if (options.Revision > 1 && string.IsNullOrWhiteSpace(options.Reason))
            throw new BatchScoringException(JobErrors.ReasonMissing,
                $"--revision {options.Revision} needs --reason TEXT: who reads the scores must learn why there are others.");
    }

    /// <summary>Revisions have no gaps: who reads number 3 must be able to ask what 2 was.</summary>
    private async Task RequirePredecessorAsync(CancellationToken cancellation)
    {
        if (options.Revision <= 1) return;
        IReadOnlyList<Dataset> standing = await new DatasetReader(context.Store)
            .RevisionsAsync(FolderLayout.Inference(options.Date), cancellation);
        int highest = standing.Select(dataset => dataset.Revision ?? 0).DefaultIfEmpty(0).Max();
        if (options.Revision <= highest + 1) return;
        throw new BatchScoringException(JobErrors.RevisionGap,
            $"--revision is {options.Revision}, but {(highest == 0 ? "nothing is published" : $"the highest is {highest}")} for " +
            $"{options.Date}. The next is --revision {highest + 1}.");
    }

    private async Task<RunRequest> RequestAsync(ModelFile model, string key, PlannedInput input, CancellationToken cancellation)
    {
        ModelPin pin = await ModelPins.PinAsync(context.Store, model, options.DryRun, cancellation);
        string folder = FolderLayout.Inference(options.Date, options.Revision);
        DatasetColumn[] columns = ScoreColumnsOf(model.Model, input, key);
        await new DeltaLog(context.Store).CheckColumnsAsync(folder, columns, cancellation);
        ModelContract? contract = options.Contract is { } path ? ModelContract.Read(path, model.Model) : null;
        return new RunRequest
        {
            Run = new RunId("score", options.Date, options.Revision),
            Folder = folder,
            Options = new JsonObject
            {
                ["pass_through"] = new JsonArray([.. options.PassThrough.Select(name => (JsonNode)name)]),
                ["contract"] = contract is null ? null : JsonSerializer.SerializeToNode(contract, JobJson.Default.ModelContract),
                ["trust_keys"] = options.TrustKeys,
            },
            Input = input,
            Model = pin,
            Producer = new TaskProducer(context, ScoreTask.KindName, input, JsonSerializer.SerializeToElement(new ScoreWork
            {
                Model = pin,
                Key = key,
                Columns = model.Model.HasFeatureNames && model.Model.Inputs.All(feature => feature.IsNamed)
                    ? []
                    : [.. input.Columns.Select(column => column.Name)],
                PassThrough = options.PassThrough,
                Folder = folder,
                Reader = options.Reader,
                Rules = contract?.TaskRules ?? [],
            }, TasksJson.Default.ScoreWork), keepsEveryRow: true),
            Columns = columns,
            Key = key,
            Details = JsonSerializer.SerializeToElement(ScoreWords.Of(model.Model), JobJson.Default.ScoreDetails),
            Limits = options.Limits,
            HoldWhen = new ScoreGate(FolderLayout.TestSample(options.Date), contract).Closes,
            Reason = options.Revision > 1 ? options.Reason : null,
            ReleaseReason = options.ReleaseReason,
        };
    }

    private DatasetColumn[] ScoreColumnsOf(IModel model, PlannedInput input, string key)
    {
        DatasetColumn Input(string name) => input.Columns.Single(column => column.Name == name);
        return
        [
            Input(key) with { Role = ColumnRole.Key },
            .. model.Scores().Columns.Concat(model.PredictionOf(PredictionType.RawFormulaVal).Columns)
                .Select(name => new DatasetColumn(name, "DOUBLE", ColumnRole.Score)),
            new DatasetColumn("model_version", "VARCHAR", ColumnRole.Score),
            .. options.PassThrough.Select(Input),
        ];
    }
}
