using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>Letters for tests of what carries them.</summary>
internal static class MailSamples
{
    public const string Sender = "Scoring <scoring@example.org>";

    public static DateTimeOffset Now { get; } = new(2026, 11, 28, 6, 41, 0, TimeSpan.Zero);

    /// <summary>One red dot.</summary>
    public static byte[] Dot { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");

    public static SealedLetter Sealed(string topic = "app.2026-11-28.r1", params string[] to) => SealedLetter.Make(
        new Letter("[OK] app · 2026-11-28 · 24,310 rows · 4 min 12 s", "All rows have their score.\n",
            "<p>All rows have their <b>score</b>. <img src=\"cid:scores\" alt=\"\"></p>", [new Picture("scores", Dot)]),
        CoverOf(topic, to.Length == 0 ? ["jane@example.org"] : to), Now);

    public static Cover CoverOf(string topic, params string[] to) =>
        new(Sender, to, Cover.IdOf(topic, Sender, to), topic, "app");

    /// <summary>Four weeks of runs: one late, one failed, the last with 24,022 rows.</summary>
    public static void Month(MailWorld world)
    {
        Random random = new(20261128);
        DateTimeOffset today = world.Time.GetUtcNow();
        for (int ago = 28; ago > 0; ago--)
        {
            RunState state = ago switch { 9 => RunState.Late, 17 => RunState.Failed, _ => RunState.Ok };
            double minutes = ago == 9 ? 9.3 : 3.8 + (random.NextDouble() * 0.8);
            JsonObject score = new() { ["job"] = "score", ["rows_read"] = 24_030, ["rows_out"] = 24_022, ["rows_quarantined"] = 8 };
            world.End(Slot(today, -ago), state, minutes, state == RunState.Failed ? null : score, failure: "no",
                at: today.AddDays(-ago), tell: false);
        }
    }

    /// <summary>An ordinary day: published and in time.</summary>
    public static RunRow GoodMorning(MailWorld world)
    {
        JsonObject score = new() { ["job"] = "score", ["rows_read"] = 24_322, ["rows_out"] = 24_310, ["rows_quarantined"] = 12 };
        JsonObject report = new() { ["report"] = JsonNode.Parse(JsonReport.Create(MorningReports.Ordinary())), ["page"] = "report.html" };
        return world.End("2026-11-28", RunState.Ok, 4.2, score, report, promised: TimeSpan.FromHours(7), at: AtSixFortyOne);
    }

    /// <summary>The cluster killed the job, with the last lines of its log.</summary>
    public static RunRow BadMorning(MailWorld world, string slot = "2026-11-28") => world.End(slot, RunState.Failed, 11.5,
        failure: """
            spark-submit ended with 1 on edge-01. Give the executors more memory (spark.executor.memoryOverhead), then retry.
            26/11/28 05:39:58 INFO YarnClusterScheduler: Adding task set 3.0 with 41 tasks
            26/11/28 05:40:31 ERROR YarnClusterScheduler: Lost executor 2 on node-07: Container killed by YARN for exceeding memory limits
            26/11/28 05:40:31 WARN TaskSetManager: Lost task 12.0 in stage 3.0 (TID 61) (node-07 executor 2): ExecutorLostFailure
            26/11/28 05:40:58 ERROR SparkContext: Job aborted due to stage failure: Task 12 in stage 3.0 failed 4 times
            26/11/28 05:40:59 INFO ApplicationMaster: Final app status: FAILED, exitCode: 15
            """,
        code: "JOB_FAILED", promised: TimeSpan.FromHours(7), at: AtSixFortyOne);

    private static DateTimeOffset AtSixFortyOne { get; } = new(2026, 11, 28, 5, 41, 0, TimeSpan.Zero);

    private static string Slot(DateTimeOffset day, int days) =>
        day.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
