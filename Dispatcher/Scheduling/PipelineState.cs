using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;
using Microsoft.Data.Sqlite;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>What the ledger knows of a pipeline besides its runs.</summary>
/// <param name="Considered">Firings up to this instant have their rows.</param>
/// <param name="PausedText">Who paused it and why, or null.</param>
internal sealed record PipelineState(DateTimeOffset Considered, string? PausedText)
{
    /// <summary>
    /// The pipeline's row. One that is seen for the first time, or has a new schedule, counts from now on: an edit never makes a run of the
    /// past.
    /// </summary>
    public static PipelineState Of(LedgerSql sql, Pipeline pipeline, DateTimeOffset now)
    {
        string? schedule = pipeline.Schedule?.Text;
        sql.Execute(
            """
            INSERT INTO pipelines (name, schedule, considered) VALUES ($name, $schedule, $now)
            ON CONFLICT DO UPDATE SET schedule = $schedule, considered = max(considered, $now) WHERE schedule IS NOT $schedule
            """,
            ("$name", pipeline.Name), ("$schedule", schedule), ("$now", now));
        return sql.Query(
            "SELECT considered, paused, paused_by, paused_reason FROM pipelines WHERE name = $name",
            row => new PipelineState(row.Instant(0)!.Value, row.IsDBNull(1) ? null : PausedTextAt(row, 2)),
            ("$name", pipeline.Name))[0];
    }

    /// <summary>Who paused a pipeline and why, or null.</summary>
    public static string? PausedTextOf(LedgerSql sql, string pipeline) => sql.Query(
        "SELECT paused_by, paused_reason FROM pipelines WHERE name = $name AND paused IS NOT NULL",
        row => PausedTextAt(row, 0), ("$name", pipeline)).FirstOrDefault();

    /// <summary>From the columns paused_by and paused_reason.</summary>
    public static string PausedTextAt(SqliteDataReader row, int column) => $"paused by {row.GetString(column)}: {row.GetString(column + 1)}";

    public static void MarkConsidered(LedgerSql sql, Pipeline pipeline, DateTimeOffset now) => sql.Execute(
        "UPDATE pipelines SET considered = max(considered, $now) WHERE name = $name", ("$name", pipeline.Name), ("$now", now));
}
