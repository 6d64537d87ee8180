using BatchScoring.Spark;

namespace BatchScoring.Tests.SparkProbe;

/// <summary>Work on the executors.</summary>
internal static class PipeScenarios
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static void Pipe(Probe probe)
    {
        SparkContext context = probe.Spark.SparkContext;
        string[] texts = ["první\nsecond line", "🐎 \\ \"q\" \u001f", "", "last"];
        Rdd rdd = context.Parallelize(texts, texts.Length);
        probe.Say("partitions", rdd.NumPartitions);
        probe.Say("elements", rdd.Collect().SequenceEqual(texts));
        probe.Say("cat", string.Join('|', rdd.Pipe(["cat"], Nothing).Collect()));
        Dictionary<string, string> variables = new() { ["PROBE_TEXT"] = "value of it" };
        probe.Say("shell", string.Join('|', rdd.Pipe(["sh", "-c", "wc -l | tr -d ' '; echo \"$PROBE_TEXT\""], variables).Collect()));
        probe.Say("empty", context.Parallelize([], 1).Pipe(["cat"], Nothing).Collect().Count);
    }

    public static void Many(Probe probe)
    {
        string[] texts = [.. Enumerable.Range(0, 100_000).Select(i => $"line {i}"), new string('é', 3_000_000), "end"];
        IReadOnlyList<string> back = probe.Spark.SparkContext.Parallelize(texts, 2).Pipe(["cat"], Nothing).Collect();
        probe.Say("same", back.SequenceEqual(texts));
    }

    public static void Fails(Probe probe)
    {
        Rdd rdd = probe.Spark.SparkContext.Parallelize(["a", "b"], 2).Pipe(["sh", "-c", "cat; exit 3"], Nothing);
        JavaException e = SessionScenarios.Catch<JavaException>(() => rdd.Collect());
        probe.Say("code", e.Code);
        probe.Say("class", e.JavaClass);
        probe.Say("reason", e.Reason);
        probe.Say("trace", e.JavaStackTrace.Contains("\tat "));
        probe.Say("usable", probe.Spark.SparkContext.Parallelize(["still there"], 1).Collect()[0]);
    }

    /// <summary>
    /// A thread waits for a runner that ends only when told; this one sees it run, cancels its group and sees the thread let go.
    /// </summary>
    public static void Cancel(Probe probe)
    {
        SparkContext context = probe.Spark.SparkContext;
        context.SetJobGroup("other", "is not cancelled");
        using Waiting waiting = new(probe, "blocked");
        StatusTracker tracker = context.StatusTracker();
        SparkStageInfo? stage = null;
        SpinWait.SpinUntil(() =>
            (stage = Stage(tracker, "blocked")) is { NumActiveTasks: 1, NumCompletedTasks: 1 }, TimeSpan.FromSeconds(30));
        int job = tracker.GetJobIdsForGroup("blocked").Single();
        probe.Say("job", tracker.GetJobInfo(job)!.Status);
        probe.Say("stage", $"{stage!.NumTasks} {stage.NumActiveTasks} {stage.NumCompletedTasks} {stage.NumFailedTasks}");
        probe.Say("unknown", tracker.GetJobInfo(999_999) is null && tracker.GetStageInfo(999_999) is null
            && tracker.GetJobIdsForGroup("no such").Count == 0);
        context.CancelJobGroup("blocked");
        Exception e = waiting.Result();
        probe.Say("class", e.GetType().Name);
        probe.Say("reason", e.Message);
        SpinWait.SpinUntil(() => tracker.GetJobInfo(job)!.Status != SparkJobStatus.Running, TimeSpan.FromSeconds(30));
        probe.Say("after", tracker.GetJobInfo(job)!.Status);
        probe.Say("other", context.Parallelize(["unharmed"], 1).Collect()[0]);
        probe.Say("other-jobs", tracker.GetJobIdsForGroup("other").Count);
        context.ClearJobGroup();
    }

    /// <summary>A second session object, with connections of its own, is disposed while a thread of it waits.</summary>
    public static void DisposeWhileWaiting(Probe probe)
    {
        SparkSession second = SparkSession.Builder().GetOrCreate();
        using Waiting waiting = new(new Probe("dispose", second, probe.Folder("")), "left");
        StatusTracker tracker = probe.Spark.SparkContext.StatusTracker();
        SpinWait.SpinUntil(() => Stage(tracker, "left") is { NumActiveTasks: 1 }, TimeSpan.FromSeconds(30));
        second.Dispose();
        probe.Say("code", (waiting.Result() as SparkException)?.Code);
        probe.Say("afterwards", SessionScenarios.Catch<SparkException>(() => second.Sql("SELECT 1")).Code);
        probe.Spark.SparkContext.CancelJobGroup("left");
    }

    private static SparkStageInfo? Stage(StatusTracker tracker, string group) =>
        tracker.GetJobIdsForGroup(group) is [var job, ..] && tracker.GetJobInfo(job) is { StageIds: [var stage, ..] }
            ? tracker.GetStageInfo(stage) : null;
}
