using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace BatchScoring.Dispatcher.Ledger;

/// <summary>A run: (pipeline, slot, revision), once.</summary>
/// <param name="Id"><c>app.2026-11-28.r1</c>: lower case, at most 100 characters.</param>
/// <param name="Slot">The run date, with the local time where a pipeline fires several times on a date.</param>
/// <param name="Trigger">What made it.</param>
/// <param name="Reason">Why it was skipped or cancelled, why it waits, why somebody asked for it; null where nothing is to say.</param>
/// <param name="Fingerprint">Of the definition that it runs by.</param>
/// <param name="Parameters">Given for this run alone; they go over the pipeline's.</param>
/// <param name="Due">When it was due: for runs that were asked for, when that was.</param>
/// <param name="Delivered">When the last step that the promise is about succeeded.</param>
/// <param name="Cancel">Who asked for its end, and why; null: nobody.</param>
/// <param name="Short">Why the shorter way that was agreed for it is gone from some step on; null: the usual way.</param>
internal sealed record RunRow(
    string Id, string Pipeline, string Slot, DateOnly Date, int Revision, RunTrigger Trigger, RunState State, string? Reason,
    string Fingerprint, JsonObject Parameters, DateTimeOffset Due, DateTimeOffset Created, DateTimeOffset? NotBefore,
    DateTimeOffset? StartBy, DateTimeOffset? DeliverBy, DateTimeOffset? Started, DateTimeOffset? Ended, DateTimeOffset? Delivered,
    string? Cancel, string? Short = null)
{
    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public const string Columns = "id, pipeline, slot, date, revision, trigger, state, reason, fingerprint, parameters, due, created, "
        + "not_before, start_by, deliver_by, started, ended, delivered, cancel, short";

    public static RunRow Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2),
        DateOnly.ParseExact(row.GetString(3), "yyyy-MM-dd", CultureInfo.InvariantCulture), row.GetInt32(4),
        Enum.Parse<RunTrigger>(row.GetString(5), ignoreCase: true), Enum.Parse<RunState>(row.GetString(6), ignoreCase: true),
        row.Text(7), row.GetString(8), JsonNode.Parse(row.GetString(9))!.AsObject(), row.Instant(10)!.Value, row.Instant(11)!.Value,
        row.Instant(12), row.Instant(13), row.Instant(14), row.Instant(15), row.Instant(16), row.Instant(17), row.Text(18),
        row.Text(19));

    /// <summary>The id of a run.</summary>
    public static string IdOf(string pipeline, string slot, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{pipeline}.{slot}.r{revision}");
}

/// <summary>What made a run.</summary>
internal enum RunTrigger
{
    /// <summary>The timetable, on time.</summary>
    Schedule,

    /// <summary>The timetable, after the dispatcher had been away.</summary>
    CatchUp,

    /// <summary>A person.</summary>
    Manual,

    /// <summary>A person, for many dates.</summary>
    Backfill,
}

/// <summary>Where a run stands.</summary>
internal enum RunState
{
    /// <summary>It waits for its time, for another run, or for a place.</summary>
    Queued,
    Running,

    // Ends:
    Ok,
    Late,
    Held,
    Failed,
    Cancelled,

    /// <summary>It never ran, and the reason stands in the row.</summary>
    Skipped,
}

/// <summary>A step of a run.</summary>
/// <param name="Position">Its place in the file.</param>
/// <param name="Attempt">The last attempt's number; 0: none yet. It only rises.</param>
/// <param name="Tries">Attempts since the step was last begun afresh: what retries are counted by.</param>
/// <param name="NotBefore">When the next attempt may begin.</param>
/// <param name="Short">The last attempt began by the shorter way, and is found again by it.</param>
internal sealed record StepRow(
    string Run, string Name, int Position, string Kind, StepState State, int Attempt, int Tries, DateTimeOffset? NotBefore,
    DateTimeOffset? Started, DateTimeOffset? Ended, string? Code, string? Text, JsonObject? Figures, bool Short)
{
    public const string Columns =
        "run, name, position, kind, state, attempt, tries, not_before, started, ended, code, text, figures, short";

    public static StepRow Read(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3),
        Enum.Parse<StepState>(row.GetString(4), ignoreCase: true), row.GetInt32(5), row.GetInt32(6), row.Instant(7), row.Instant(8),
        row.Instant(9), row.Text(10), row.Text(11), row.Text(12) is { } json ? JsonNode.Parse(json)!.AsObject() : null,
        row.GetBoolean(13));

    /// <summary>True when nothing more will happen to it.</summary>
    public bool IsOver => State > StepState.Running;
}

/// <summary>Where a step stands.</summary>
internal enum StepState
{
    /// <summary>It waits for steps before it, or for the time of its next attempt.</summary>
    Waiting,

    /// <summary>An attempt was begun, or is about to be: the intent is written first.</summary>
    Running,

    // Ends:
    Succeeded,
    Failed,
    Held,
    Late,
    Cancelled,
    Skipped,
}

/// <summary>Columns that may be empty.</summary>
internal static class RowReading
{
    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset? Instant(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
