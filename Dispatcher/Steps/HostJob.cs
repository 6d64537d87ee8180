using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>A step whose work is a detached job on a host; turns the job's end into the step's answer.</summary>
internal sealed partial class HostJob(HostRegistry hosts, string name, TimeProvider time)
{
    private const int TailLines = 5;

    /// <summary>Codes of sysexits and of the shell that a repetition does not change.</summary>
    private static readonly int[] Hopeless =
        [(int)ExitCode.Usage, (int)ExitCode.InputUnusable, (int)ExitCode.NotAllowed, (int)ExitCode.Configuration, 126, 127];

    /// <summary>Any command.</summary>
    public Task<StepAnswer> RunAsync(StepWork work, IReadOnlyList<string> words, CancellationToken cancellation) =>
        AnswerAsync(work, Spec(work, words), async (job, look) =>
        {
            var figures = new JsonObject { ["exit_code"] = look.Code };
            string tail = await job.TailAsync(look, TailLines, CancellationToken.None);
            return look.Code == 0
                ? new StepAnswer(StepEnd.Succeeded, tail.Length > 0 ? tail.Split('\n')[^1] : "done", Figures: figures)
                : new StepAnswer(StepEnd.Failed, $"{words[0]} ended with {look.Code} on {name}. {tail}".Trim(),
                    RemoteErrors.JobFailed.Name, figures, RetryHelps: !Hopeless.Contains(look.Code ?? 0));
        }, cancellation);

    /// <summary>
    /// batch-score with <c>--format json</c>: its answer is one JSON object, also where it is an error. Its progress lines tell the share.
    /// </summary>
    public Task<StepAnswer> RunBatchScoreAsync(StepWork work, IReadOnlyList<string> words, CancellationToken cancellation) =>
        AnswerAsync(work with { Tell = told => work.Tell(told with { Share = ShareOf(told.Text) }) },
            Spec(work, words) with { OutputApart = true }, async (job, look) =>
        {
            JsonObject? json = Json(await job.OutputAsync(look, CancellationToken.None));
            StepEnd end = (ExitCode?)look.Code switch
            {
                ExitCode.Ok => StepEnd.Succeeded,
                ExitCode.Late => StepEnd.Late,
                ExitCode.Held => StepEnd.Held,
                _ => StepEnd.Failed,
            };
            JsonNode? error = json?["error"];
            string text = error?["message"]?.ToString()
                ?? await job.TailAsync(look, end == StepEnd.Succeeded ? 1 : TailLines, CancellationToken.None);
            if (text.Length == 0) text = end == StepEnd.Succeeded ? "done" : $"batch-score ended with {look.Code} and said nothing.";
            return new StepAnswer(end, text, error?["code"]?.ToString(), json, end == StepEnd.Failed && !Hopeless.Contains(look.Code ?? 0));
        }, cancellation);

    private static JobSpec Spec(StepWork work, IReadOnlyList<string> words) =>
        new(new JobName(work.RunId, work.AttemptId, work.Fence), words)
        {
            Environment = Variables(work),
            EnvironmentFile = work.Settings.Text("environment_file"),
            WorkingFolder = work.Settings.Text("folder"),
        };

    /// <summary>What the file says goes over what we say.</summary>
    private static Dictionary<string, string> Variables(StepWork work)
    {
        var variables = new Dictionary<string, string>(work.Settings.Map("environment"), StringComparer.Ordinal);
        if (work.TraceParent is { } parent) variables.TryAdd("TRACEPARENT", parent);
        return variables;
    }

    /// <summary><c>score: 1,234 of 5,000 rows, …</c></summary>
    private static double? ShareOf(string? text)
    {
        Match rows = Rows().Match(text ?? "");
        return rows.Success ? Number("done") / Math.Max(1, Number("total")) : null;

        double Number(string name) => double.Parse(rows.Groups[name].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    private static JsonObject? Json(byte[] output)
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(output)) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private async Task<StepAnswer> AnswerAsync(
        StepWork work, JobSpec spec, Func<AttachedJob, JobLook, Task<StepAnswer>> answer, CancellationToken cancellation)
    {
        try
        {
            var job = new AttachedJob(new DetachedJobs(hosts.Of(name)), spec, work.Tell, time);
            JobLook look = await job.RunAsync(cancellation);
            if (cancellation.IsCancellationRequested && look.Code != 0)
                return new StepAnswer(StepEnd.Cancelled, $"ended on {name}");
            if (look.State == JobState.Ended) return await answer(job, look);
            string tail = await job.TailAsync(look, TailLines, CancellationToken.None);
            return new StepAnswer(StepEnd.Failed,
                $"{spec.Name.AttemptId} is gone from {name} without an exit code: killed, or the machine was started anew. {tail}"
                    .Trim(),
                RemoteErrors.JobDied.Name, RetryHelps: true);
        }
        catch (BatchScoringException e)
        {
            return new StepAnswer(StepEnd.Failed, e.Message, e.Code, RetryHelps: e.Transient);
        }
    }

    [GeneratedRegex(@": (?<done>[0-9,]+) of (?<total>[0-9,]+) rows", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();
}
