using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>Sends an attempt's splits to the engine and collects every answer.</summary>
internal sealed class RunTasks(JobContext context)
{
    public async Task<IReadOnlyList<AnswerLine>> RunAsync(Attempt attempt, CancellationToken cancellation)
    {
        RunRequest request = attempt.Request;
        IReadOnlyList<SplitLine> lines = attempt.Tasks;
        var answers = new List<AnswerLine>(lines.Count);
        context.Progress.Begin(request.Run.Job, request.Input.Rows);
        IAsyncEnumerable<AnswerLine> found = context.Engine.RunTasksAsync(
            Header(), lines, _ => Task.FromResult(Header()), context.Progress.Advance, cancellation);
        await foreach (AnswerLine answer in found)
        {
            answers.Add(answer);
            if (answer.Status != AnswerStatus.Done) throw Failure(request.Run, lines[answer.Split], answer);
        }

        context.Progress.End();
        Check(request, lines, answers);
        return [.. answers.OrderBy(answer => answer.Split)];

        HeaderLine Header() => RunTasks.Header(context, attempt.Scope.Id.Text, attempt.Scope.Folder);
    }

    public static HeaderLine Header(JobContext context, string attempt, string attemptFolder) => new()
    {
        Attempt = attempt,
        AttemptFolder = attemptFolder,
        Store = context.Settings.Store,
        Credentials = context.Credentials,
        Threads = 1,
        MemoryMiB = context.Settings.MemoryMiB,
        StopKey = attemptFolder + AttemptFiles.StopSign,
    };

    /// <summary>Rows read must be what the footers promise; where every row counts, none may vanish.</summary>
    private static void Check(RunRequest request, IReadOnlyList<SplitLine> lines, List<AnswerLine> answers)
    {
        if (answers.Count != lines.Count)
            throw new BatchScoringException("TASKS_UNANSWERED", ExitCode.Failed, $"{answers.Count} of {lines.Count} splits were answered; ask again.", transient: true);
        foreach (AnswerLine answer in answers)
        {
            long planned = lines[answer.Split].Input.Rows;
            if (answer.RowsRead != planned || (request.KeepsEveryRow && answer.RowsOut + answer.RowsQuarantined != answer.RowsRead))
            {
                throw new BatchScoringException("ROWS_DO_NOT_ADD_UP", ExitCode.Failed,
                    $"Split {answer.Split} ({lines[answer.Split].Input.File.Key}): planned {planned} rows, read {answer.RowsRead}, " +
                    $"out {answer.RowsOut}, set aside {answer.RowsQuarantined}. Nothing was published.");
            }
        }
    }

    /// <summary>The answer of a task that did not end well, as the run's error: with the task's own code and exit status.</summary>
    internal static BatchScoringException Failure(RunId run, SplitLine line, AnswerLine answer)
    {
        AnswerError error = answer.Error ?? new AnswerError("TASK_FAILED", "The task gave no reason.");
        string where = $"split {line.Split}, rows {line.Input.FirstRow} to {line.Input.FirstRow + line.Input.Rows - 1} of {line.Input.File.Key}";
        return answer.Status switch
        {
            AnswerStatus.Rejected or AnswerStatus.CredentialsExpired =>
                new BatchScoringException(error.Code, (ExitCode)error.ExitCode, $"{run}: {error.Message} ({where})", error.Transient),
            AnswerStatus.Stopped => new BatchScoringException("RUN_STOPPED", ExitCode.Interrupted, $"{run}: stopped by its stop sign ({where})"),
            _ => throw new InvalidOperationException($"{answer.Status} is no failure."),
        };
    }
}
