using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>One try at a request, and what it says of itself.</summary>
internal sealed record Attempt(AttemptScope Scope, RunRequest Request, DateTimeOffset Started)
{
    public IReadOnlyList<SplitLine> Tasks { get; } = Lines(Scope, Request);

    public Plan Plan(string duckDb) => new()
    {
        Run = Request.Run.ToString(),
        Job = Request.Run.Job,
        RunDate = Request.Run.Date?.ToString(),
        Revision = Request.Run.Revision,
        Attempt = Scope.Id.Text,
        Fingerprint = Request.Fingerprint,
        Folder = Request.Folder,
        Inputs = Request.Input.Files,
        InputManifestSha256 = Request.Input.ManifestSha256,
        Model = Request.Model,
        Options = JobJson.Element(Request.Options),
        Tasks = Tasks,
        Rows = Request.Input.Rows,
        Program = ProgramVersion.Text,
        DuckDb = duckDb,
        Created = Started,
    };

    public Manifest Manifest(TaskTotals totals, DateTimeOffset now) => new()
    {
        Folder = Request.Folder,
        Run = Request.Run.ToString(),
        Job = Request.Run.Job,
        Attempt = Scope.Id.Text,
        AttemptFolder = Scope.Folder,
        Fingerprint = Request.Fingerprint,
        Created = now,
        Program = ProgramVersion.Text,
        RowsRead = totals.RowsRead,
        Content = totals.Content,
        QuarantineContent = totals.QuarantineContent,
        Columns = Request.Columns,
        Key = Request.Key,
        Parts = totals.Parts,
        Details = Request.Details,
    };

    public RunRecord Record(Verdict verdict, TaskTotals totals, DateTimeOffset now) => new()
    {
        Run = Request.Run.ToString(),
        Job = Request.Run.Job,
        RunDate = Request.Run.Date?.ToString(),
        Revision = Request.Run.Revision,
        Attempt = Scope.Id.Text,
        AttemptFolder = Scope.Folder,
        Fingerprint = Request.Fingerprint,
        Verdict = verdict,
        ExitCode = (int)(verdict == Verdict.Held ? ExitCode.Held : ExitCode.Ok),
        Folder = Request.Folder,
        RowsRead = totals.RowsRead,
        RowsOut = totals.RowsOut,
        RowsQuarantined = totals.RowsQuarantined,
        QuarantineCounts = totals.QuarantineCounts,
        RowGroupsRead = totals.RowGroupsRead,
        RowGroupsDeclined = totals.RowGroupsDeclined,
        Content = totals.Content,
        QuarantineContent = totals.QuarantineContent,
        Model = Request.Model,
        Started = Started,
        Finished = now,
        Seconds = totals.Seconds,
        Program = ProgramVersion.Text,
    };

    private static SplitLine[] Lines(AttemptScope scope, RunRequest request)
    {
        System.Text.Json.JsonElement work = request.Work(scope);
        return [.. request.Input.Splits.Select((split, i) => new SplitLine { Kind = request.Kind, Split = i, Input = split, Work = work })];
    }
}
