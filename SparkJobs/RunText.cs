using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs;

/// <summary>A run record for a terminal and for programs.</summary>
internal static class RunText
{
    public static JobOutcome Outcome(RunRecord record) => new((ExitCode)record.ExitCode, Lines(record), Json(record));

    /// <summary>What a dry run says of a request that has nothing to do; null when it has.</summary>
    public static JobOutcome? Outcome(RunOutlook? outlook) => outlook switch
    {
        { Held: { } held } => Outcome(held),
        { Published: { } standing } => JobOutcome.Ok(
            new JsonObject { ["folder"] = standing.Folder, ["published"] = outlook.Whole },
            string.Create(CultureInfo.InvariantCulture, $"{standing.Run}: published already on {standing.Created:yyyy-MM-dd HH:mm} UTC; ")
                + (outlook.Whole ? "nothing would be done." : "that was interrupted, and its last steps would be done.")),
        _ => null,
    };

    public static JsonObject Json(RunRecord record) =>
        JsonNode.Parse(JsonSerializer.Serialize(record, CoreJson.Default.RunRecord))!.AsObject();

    public static IReadOnlyList<string> Lines(RunRecord record) => record.Verdict switch
    {
        Verdict.Held => [$"{record.Run}: {record.Error!.Message}", .. Rows(record)],
        Verdict.AlreadyPublished => [$"{record.Run}: published already on {Time(record.Finished)}; nothing done.", .. Rows(record)],
        Verdict.LostToEqual => [$"{record.Run}: attempt {record.Attempt} published the same rows first; nothing done.", .. Rows(record)],
        _ => [$"{record.Run}: published {record.Folder} in {Seconds(record)} s", .. Rows(record)],
    };

    private static IEnumerable<string> Rows(RunRecord record)
    {
        yield return string.Create(CultureInfo.InvariantCulture,
            $"  rows     {record.RowsRead:N0} read, {record.RowsOut:N0} out, {record.RowsQuarantined:N0} set aside");
        foreach ((string code, long count) in record.QuarantineCounts)
            yield return string.Create(CultureInfo.InvariantCulture, $"           {count:N0} {code}");
        if (record.Model is { } model) yield return $"  model    {model.Name}, SHA-256 {model.Sha256}";
        if (record.Release is { } release) yield return $"  released by {release.By}: {release.Reason}";
        yield return $"  content  {record.Content}";
        yield return $"  attempt  {record.AttemptFolder}";
    }

    private static string Seconds(RunRecord record) =>
        (record.Finished - record.Started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
