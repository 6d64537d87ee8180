using System.Globalization;
using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>How far jobs are. Spark keeps only the youngest jobs and stages; of older ones there is nothing.</summary>
/// <remarks>Ask from another thread than the one that waits for the job.</remarks>
public sealed class StatusTracker
{
    private readonly JavaObject _tracker;

    internal StatusTracker(JavaObject tracker) => _tracker = tracker;

    /// <summary>Ids of the jobs of a group that Spark still knows, running or ended.</summary>
    public IReadOnlyList<int> GetJobIdsForGroup(string groupId)
    {
        using JavaObject ids = _tracker.Call<JavaObject>("getJobIdsForGroup", groupId);
        return Numbers(ids);
    }

    /// <summary>A job's state; null when Spark does not know it (any more).</summary>
    public SparkJobInfo? GetJobInfo(int jobId)
    {
        using JavaObject? info = _tracker.TryCall<JavaObject>("getJobInfo", jobId);
        if (info is null) return null;
        using JavaObject status = info.Call<JavaObject>("status"), stages = info.Call<JavaObject>("stageIds");
        return new SparkJobInfo(jobId, Status(status.Call<string>("name")), Numbers(stages));
    }

    /// <summary>A stage's counts; null when Spark does not know it (yet, or any more).</summary>
    public SparkStageInfo? GetStageInfo(int stageId)
    {
        using JavaObject? info = _tracker.TryCall<JavaObject>("getStageInfo", stageId);
        return info is null ? null : new SparkStageInfo(
            stageId, info.Call<string>("name"), info.Call<int>("numTasks"), info.Call<int>("numActiveTasks"),
            info.Call<int>("numCompletedTasks"), info.Call<int>("numFailedTasks"));
    }

    private static SparkJobStatus Status(string name) => name switch
    {
        "RUNNING" => SparkJobStatus.Running,
        "SUCCEEDED" => SparkJobStatus.Succeeded,
        "FAILED" => SparkJobStatus.Failed,
        _ => SparkJobStatus.Unknown,
    };

    // An array's text is one round trip, its elements would be one each.
    private static int[] Numbers(JavaObject array)
    {
        string text = array.Gateway.CallStatic<string>("java.util.Arrays", "toString", array);
        return [.. text.Trim('[', ']').Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Number)];

        int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw SparkErrors.Protocol("a list of ids that is none", text);
    }
}
