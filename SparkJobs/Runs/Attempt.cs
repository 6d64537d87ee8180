using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>One try at a request: its plan, and what it says of itself.</summary>
internal sealed record Attempt(RunRequest Request, Plan Plan)
{
    public string Folder => Plan.AttemptFolder;

    public string Key(string file) => Folder + file;

    public Manifest Manifest(TaskTotals totals, DateTimeOffset now) => new(Plan)
    {
        Created = now,
        RowsRead = totals.RowsRead,
        Content = totals.Content,
        QuarantineContent = totals.QuarantineContent,
        Columns = Request.Columns,
        Key = Request.Key,
        Parts = totals.Parts,
        Details = Request.Details,
    };
}
