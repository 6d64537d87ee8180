using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>Rows to rows: sends the splits of an input to the engine and collects every answer.</summary>
/// <param name="context">Engine, progress, limits.</param>
/// <param name="kind">The task kind.</param>
/// <param name="input">What is read.</param>
/// <param name="work">The kind's options.</param>
/// <param name="keepsEveryRow">True when every input row must come out or be set aside; false for a job that picks rows.</param>
public sealed class TaskProducer(IRunContext context, string kind, PlannedInput input, JsonElement work, bool keepsEveryRow) : IProducer
{
    /// <inheritdoc/>
    public IReadOnlyList<TaskSpec> Tasks { get; } =
        [.. input.Splits.Select((split, i) => new TaskSpec { Kind = kind, Split = i, Input = split, Work = work })];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TaskResult>> ProduceAsync(Attempt attempt, CancellationToken cancellation)
    {
        var answers = new List<TaskResult>(Tasks.Count);
        context.Progress.Begin(attempt.Plan.Job, input.Rows);
        IAsyncEnumerable<TaskResult> found = context.Engine.RunTasksAsync(
            Header(context, attempt.Plan), Tasks, _ =>
                Task.FromResult(Header(context, attempt.Plan)), context.Progress.Advance, cancellation);
        await foreach (TaskResult answer in found)
        {
            answers.Add(answer);
            context.Log.SplitAnswered(answer.Split, answer.Status.ToString(), answer.RowsRead, answer.RowsOut, answer.RowsQuarantined);
            if (answer.Status != TaskResultStatus.Done) throw Failure(attempt.Plan.Run, Tasks[answer.Split], answer);
        }

        context.Progress.End();
        Check(answers);
        TaskResult[] ordered = [.. answers.OrderBy(answer => answer.Split)];
        if (answers.Exists(answer => answer.Part is not null)) return ordered;
        string key = attempt.Plan.Folder + PartName.New(0, attempt.Plan.Attempt);
        PendingPart part = await EmptyPart.StageAsync(context.Store, key, attempt.Request.Columns, attempt.Plan, cancellation);
        TaskResult first = ordered.FirstOrDefault() ?? new TaskResult { Split = 0, Status = TaskResultStatus.Done };
        return [first with { Part = part }, .. ordered.Skip(1)];
    }

    /// <summary>The header line of tasks that work for an attempt.</summary>
    public static HeaderLine Header(IRunContext context, RunIdentity attempt) => new()
    {
        Attempt = attempt.Attempt,
        AttemptFolder = attempt.AttemptFolder,
        Store = context.StoreOptions,
        Credentials = context.Credentials,
        MemoryMib = context.MemoryMib,
        StopKey = attempt.AttemptFolder + AttemptFiles.StopSign,
    };

    /// <summary>Rows read must be what the footers promise; where every row counts, none may vanish.</summary>
    private void Check(List<TaskResult> answers)
    {
        if (answers.Count != Tasks.Count)
            throw new BatchScoringException(RunErrors.TasksUnanswered,
                $"{answers.Count} of {Tasks.Count} splits were answered; ask again.");
        foreach (TaskResult answer in answers)
        {
            SplitInput planned = Tasks[answer.Split].Input;
            if (answer.RowsRead != planned.Rows || (keepsEveryRow && answer.RowsOut + answer.RowsQuarantined != answer.RowsRead))
            {
                throw new BatchScoringException(RunErrors.RowsDoNotAddUp,
                    $"Split {answer.Split} ({planned.File.Key}): planned {planned.Rows} rows, read {answer.RowsRead}, " +
                    $"out {answer.RowsOut}, set aside {answer.RowsQuarantined}. Nothing was published.");
            }
        }
    }

    /// <summary>The answer of a task that did not end well, as the run's error: with the task's own code and exit status.</summary>
    internal static BatchScoringException Failure(string run, TaskSpec line, TaskResult answer)
    {
        TaskError error = answer.Error ?? TaskError.Of(RunErrors.TaskFailed, "The task gave no reason.");
        string where = $"split {line.Split}, rows {line.Input.FirstRow} to {line.Input.FirstRow + line.Input.Rows - 1} of " +
            $"{line.Input.File.Key}";
        return answer.Status switch
        {
            TaskResultStatus.Rejected or TaskResultStatus.CredentialsExpired =>
                new BatchScoringException(error.ToErrorCode(), $"{run}: {error.Message} ({where})"),
            TaskResultStatus.Stopped => new BatchScoringException(error.ToErrorCode(), $"{run}: stopped by its stop sign ({where})"),
            _ => throw new InvalidOperationException($"{answer.Status} is no failure."),
        };
    }
}
