using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>One try at a request: its plan, and what it says of itself.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Plan">What is going to be done.</param>
public sealed record Attempt(RunRequest Request, Plan Plan)
{
    /// <summary>The attempt's folder.</summary>
    public string Folder => Plan.AttemptFolder;

    /// <summary>The key of a file in it.</summary>
    public string Key(string file) => Folder + file;

    /// <summary>The manifest of what was made.</summary>
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
