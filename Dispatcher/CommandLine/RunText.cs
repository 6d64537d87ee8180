using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>Runs and steps in words, the same for every command.</summary>
internal static class RunText
{
    /// <summary>One step: <c>running (attempt 2): 40 % …</c></summary>
    public static string Step(LedgerSql sql, StepRow step, Pipeline pipeline)
    {
        string attempt = step.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $" (attempt {step.Attempt})") : "";
        string? text = step.State == StepState.Running ? Progress(sql, step) : step.Text;
        if (step is { State: StepState.Waiting, NotBefore: { } again })
            return $"again at {Moment.Clock(again, pipeline)}{attempt}: {text}";
        return $"{step.State.Word()}{attempt}{(text is { Length: > 0 } ? ": " + text : "")}";
    }

    public static JsonObject Json(RunRow run, IEnumerable<StepRow> steps) => new()
    {
        ["run"] = run.Id,
        ["pipeline"] = run.Pipeline,
        ["date"] = run.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["state"] = run.State.Word(),
        ["reason"] = run.Reason,
        ["due"] = run.Due,
        ["started"] = run.Started,
        ["ended"] = run.Ended,
        ["deliver_by"] = run.DeliverBy,
        ["short"] = run.Short,
        ["steps"] = new JsonArray([.. steps.Select(step => (JsonNode)new JsonObject
        {
            ["step"] = step.Name,
            ["state"] = step.State.Word(),
            ["attempt"] = step.Attempt,
            ["code"] = step.Code,
            ["text"] = step.Text,
        })]),
    };

    private static string? Progress(LedgerSql sql, StepRow step) => sql.Scalar(
        "SELECT text FROM attempts WHERE run = $run AND step = $step AND attempt = $attempt",
        ("$run", step.Run), ("$step", step.Name), ("$attempt", step.Attempt)) as string;
}
