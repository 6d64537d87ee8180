using System.Diagnostics;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.Runs;

/// <summary>
/// Plan → produce → publish → record, the same for every job that makes something. Nothing later writes into something earlier.
/// </summary>
/// <remarks>Thread safe; one per command is enough.</remarks>
/// <param name="context">Where and with what.</param>
public sealed class RunPipeline(IRunContext context)
{
    private readonly RunStore _runs = new(context.Store, context.Time);
    private readonly Publisher _publisher = new(context.Store, new PartRemaker(context).RemakeAsync, context.Time);

    /// <summary>Answers a request: from what is published or held already, or by a new attempt.</summary>
    /// <returns>The record of the attempt that decides, with the verdict as this request sees it.</returns>
    /// <exception cref="BatchScoringException">Nothing was published, or what stands came from another request; the attempt's record says
    /// so, too.</exception>
    public async Task<RunRecord> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await EarlierAsync(request, cancellation) is { } earlier) return earlier;
        RunRecord? held = await FindHeldAsync(request, cancellation);
        if (held is not null && StaysHeld(request)) return held;

        var attempt = new Attempt(request, PlanOf(request));
        using Activity? span = Spans.Run(attempt.Plan);
        try
        {
            context.Log.AttemptBegins(
                attempt.Plan.Run, attempt.Plan.Attempt, attempt.Plan.Engine, attempt.Plan.Rows, attempt.Plan.Inputs.Count,
                    attempt.Plan.Tasks.Count);
            RunRecord record = await AttemptAsync(attempt, held, cancellation);
            RunMetrics.Ended(record);
            context.Log.AttemptEnds(record.Run, record.Attempt, record.Verdict.ToString(), record.RowsRead, record.RowsOut,
                record.RowsQuarantined);
            return record;
        }
        catch (Exception e)
        {
            TaskError? known = context.Explain(e);
            RunMetrics.Failed(attempt.Plan.Job);
            span?.SetStatus(ActivityStatusCode.Error, known?.Code);
            context.Log.AttemptFails(attempt.Plan.Run, attempt.Plan.Attempt, known?.Code ?? "a defect");
            await GiveUpAsync(attempt);
            if (known is not null && !await MayHavePublishedAsync(attempt)) await _runs.TryPutFailureAsync(attempt, known);
            throw;
        }
    }

    /// <summary>For dry runs: what <see cref="RunAsync"/> would answer without any work, told without writing anything.</summary>
    /// <returns>Null when it has work to do.</returns>
    /// <exception cref="BatchScoringException">What <see cref="RunAsync"/> would throw before any work.</exception>
    public async Task<RunOutlook?> LookAsync(RunRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await ManifestFile.ReadAsync(context.Store, request.Folder, cancellation) is { } winner)
        {
            RequireSame(request, winner.Manifest);
            bool whole = await context.Store.HeadAsync(request.Folder + FolderLayout.Success, cancellation) is not null;
            return new RunOutlook(winner.Manifest, whole, Held: null);
        }

        return await FindHeldAsync(request, cancellation) is { } held && StaysHeld(request)
            ? new RunOutlook(null, Whole: false, held)
            : null;
    }

    /// <summary>A finished result answers at once; one that stopped half-way is finished first.</summary>
    /// <returns>Its record; null when nothing is published.</returns>
    public async Task<RunRecord?> EarlierAsync(RunRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        RecoverResult found = await _publisher.RecoverAsync(request.Folder, cancellation);
        if (found.Manifest is not { } winner) return null;
        RequireSame(request, winner.Manifest);
        return await _runs.RecordOfAsync(winner, Verdict.AlreadyPublished, cancellation);
    }

    private static void RequireSame(RunRequest request, Manifest standing)
    {
        if (standing.Fingerprint == request.Fingerprint) return;
        string models = standing.Model is { } theirs && request.Model is { } ours && ours.Sha256 != theirs.Sha256
            ? $"It was scored by {Called(theirs)}; asked for is {Called(ours)}. "
            : "";
        throw new BatchScoringException(RunErrors.PublishedFromOtherInputs,
            $"{request.Folder} was published by {standing.Run} on {standing.Created:yyyy-MM-dd HH:mm} UTC from other inputs, model or " +
            $"options, and never changes. {models}" +
            JobDefinition.Of(request.Run.Job).OtherResult(request.Run));
    }

    private Plan PlanOf(RunRequest request)
    {
        var attempt = AttemptId.New();
        DateTimeOffset now = context.Time.GetUtcNow();
        return new Plan
        {
            Run = request.Run.ToString(),
            Job = request.Run.Job,
            RunDate = request.Run.Date?.ToString(),
            Revision = request.Run.Revision,
            Reason = request.Reason,
            Attempt = attempt.Text,
            AttemptFolder = FolderLayout.Attempt(request.Run, attempt),
            Fingerprint = request.Fingerprint,
            Folder = request.Folder,
            Limits = request.Limits,
            Model = request.Model,
            Program = context.Program,
            Engine = context.Engine.Name,
            ApplicationId = context.Engine.ApplicationId,
            Host = Environment.MachineName,
            User = Environment.UserName,
            Inputs = request.Input.Files,
            InputManifestSha256 = request.Input.ManifestSha256,
            InputTableVersion = request.Input.TableVersion,
            Options = JsonSerializer.SerializeToElement(request.Options, RunsJson.Default.JsonObject),
            Tasks = request.Producer.Tasks,
            Rows = request.Input.Rows,
            DuckdbVersion = DuckDatabase.LibraryVersion,
            Created = now,
            Seconds = (now - context.Started).TotalSeconds,
        };
    }

    /// <summary>The file's name alone says little: most are called model.</summary>
    private static string Called(ModelPin model) => $"model {model.Name} (SHA-256 {model.Sha256[..12]}…)";

    private async Task<RunRecord?> FindHeldAsync(RunRequest request, CancellationToken cancellation)
    {
        RunRecord? held = await _runs.FindHeldAsync(request, cancellation);
        if (held is not null || request.ReleaseReason is null) return held;
        throw new BatchScoringException(RunErrors.NothingHeld,
            $"{request.Run} is not held, so there is nothing to release. Run it without --release.");
    }

    /// <summary>Wider limits do not open what was held: whoever publishes it says why.</summary>
    private static bool StaysHeld(RunRequest request) => request.ReleaseReason is null;

    private async Task<RunRecord> AttemptAsync(Attempt attempt, RunRecord? held, CancellationToken cancellation)
    {
        RunRequest request = attempt.Request;
        using (Spans.Stage("plan")) await _runs.PutPlanAsync(attempt, cancellation);
        DateTimeOffset started = context.Time.GetUtcNow();
        IReadOnlyList<TaskResult> answers;
        using (Spans.Stage("produce")) answers = await request.Producer.ProduceAsync(attempt, cancellation);
        var result = new RunResult
        {
            Attempt = attempt.Plan.Attempt,
            Started = started,
            Finished = context.Time.GetUtcNow(),
            Answers = answers,
            EarlyQuarantine = request.Early?.Counts,
        };
        await _runs.PutResultAsync(attempt, result, cancellation);
        TaskTotals totals = result.Totals();
        if (held is not null) RequireHeldContent(held, totals);
        else if (Closes(request, result, totals) is { } reason)
            return await HoldAsync(attempt, result, reason, cancellation);
        Release? release = held is not null ? new Release(Environment.UserName, request.ReleaseReason!, held.Attempt) : null;
        return await PublishAsync(attempt, result, release, cancellation);
    }

    /// <summary>
    /// Rows that were set aside before the tasks are a share of all rows that were looked at then, not of those that this run got.
    /// </summary>
    private static HoldReason? Closes(RunRequest request, RunResult result, TaskTotals totals) =>
        request.Limits?.Closes(Math.Max(totals.RowsRead, request.Early?.SourceRows ?? 0), totals.RowsQuarantined)
        ?? request.HoldWhen?.Invoke(result);

    /// <summary>
    /// Parts that no manifest names are given up. Not cancellable: it is the clean-up; what it cannot do, <c>clean</c> does.
    /// </summary>
    private async Task GiveUpAsync(Attempt attempt)
    {
        try
        {
            await _publisher.AbortAsync(attempt.Plan.Folder, attempt.Plan.Attempt, attempt.Folder, CancellationToken.None);
        }
        catch (Exception e) when (e is StoreException or DatasetException)
        {
            // Published, perhaps published, or the store is away: recover and clean decide later.
        }
    }

    /// <summary>
    /// An attempt whose manifest stands has not failed, whatever went wrong after it; recover finishes it. Not cancellable, as above.
    /// </summary>
    private async Task<bool> MayHavePublishedAsync(Attempt attempt)
    {
        try
        {
            ManifestFile? standing = await ManifestFile.ReadAsync(context.Store, attempt.Plan.Folder, CancellationToken.None);
            return standing?.Manifest.Attempt == attempt.Plan.Attempt;
        }
        catch (Exception e) when (e is StoreException or DatasetException)
        {
            return true;
        }
    }

    private async Task<RunRecord> HoldAsync(Attempt attempt, RunResult result, HoldReason reason, CancellationToken cancellation)
    {
        await GiveUpAsync(attempt);
        string look = reason.LookAt ?? attempt.Key(AttemptFiles.Quarantine);
        RunRecord record = RunRecord.From(attempt.Plan, result, Verdict.Held, context.Time.GetUtcNow()) with
        {
            Details = attempt.Request.Details,
            Error = TaskError.Of(
                reason.Code, $"Held: {reason.Text}. Look at {look}; to publish all the same, ask again with --release REASON."),
        };
        await _runs.PutRecordAsync(record, cancellation);
        return record;
    }

    private static void RequireHeldContent(RunRecord held, TaskTotals totals)
    {
        if (held.Content == totals.Content && held.QuarantineContent == totals.QuarantineContent) return;
        throw new BatchScoringException(RunErrors.ReleaseDiffers,
            $"The released run reached content {totals.Content}, but what was held is {held.Content} ({held.AttemptFolder}). Nothing was " +
            "published.");
    }

    private async Task<RunRecord> PublishAsync(Attempt attempt, RunResult made, Release? release, CancellationToken cancellation)
    {
        using Activity? span = Spans.Stage("publish");
        RunRequest request = attempt.Request;
        TaskTotals totals = made.Totals();
        PublishResult result = await _publisher.PublishAsync(
            new PublishRequest(attempt.Manifest(totals, context.Time.GetUtcNow()), request.Input.Files)
            {
                InputFolder = request.Input.ManifestSha256 is null ? request.Input.Folder : null,
            }, cancellation);
        if (result.Outcome == PublishOutcome.LostToDifferent)
        {
            // Only what was asked for equally must have come out equal.
            RequireSame(request, result.Winner.Manifest);
            throw new BatchScoringException(RunErrors.LostToDifferent,
                $"Attempt {attempt.Plan.Attempt} reached content {totals.Content}, but attempt {result.Winner.Manifest.Attempt} has " +
                $"published {result.Winner.Manifest.Content} " +
                $"in {request.Folder}. Both should be equal: compare {attempt.Folder} with {result.Winner.Manifest.AttemptFolder}.");
        }

        if (result.Outcome == PublishOutcome.LostToEqual)
            return await _runs.RecordOfAsync(result.Winner, Verdict.LostToEqual, cancellation);
        RunRecord record = RunRecord.From(attempt.Plan, made, Verdict.Published, context.Time.GetUtcNow())
            with
        { Release = release, Details = attempt.Request.Details, IndexProblem = result.IndexProblem };
        await _runs.PutRecordAsync(record, cancellation);
        return record;
    }
}
