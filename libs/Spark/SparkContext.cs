using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>What runs jobs on the cluster and knows about them.</summary>
/// <remarks>Safe for use from several threads at once; a job group belongs to the thread that sets it.</remarks>
public sealed class SparkContext
{
    private readonly JavaObject _context;

    internal SparkContext(JavaObject javaSparkContext) => _context = javaSparkContext;

    /// <summary>The application's id, as the cluster knows it.</summary>
    public string ApplicationId
    {
        get
        {
            using JavaObject context = _context.Call<JavaObject>("sc");
            return context.Call<string>("applicationId");
        }
    }

    /// <summary>Address of Spark's pages about this application; null when they are switched off.</summary>
    public string? UiWebUrl
    {
        get
        {
            using JavaObject context = _context.Call<JavaObject>("sc");
            using JavaObject url = context.Call<JavaObject>("uiWebUrl");
            return url.Call<bool>("isDefined") ? url.Call<string>("get") : null;
        }
    }

    /// <summary>How many partitions Spark would make when nobody says: about the number of cores.</summary>
    public int DefaultParallelism => _context.Call<int>("defaultParallelism");

    /// <summary>A setting of Spark's.</summary>
    /// <param name="key">Its name, for example <c>spark.task.cpus</c>.</param>
    /// <param name="defaultValue">What to return when it is not set.</param>
    public string GetConf(string key, string defaultValue)
    {
        using JavaObject settings = _context.Call<JavaObject>("getConf");
        return settings.Call<string>("get", key, defaultValue);
    }

    /// <summary>A setting of Hadoop's, such as <c>fs.s3a.endpoint</c>; null when it is not set.</summary>
    public string? HadoopConfiguration(string key)
    {
        using JavaObject settings = _context.Call<JavaObject>("hadoopConfiguration");
        return settings.TryCall<string>("get", key);
    }

    /// <summary>Sets how much the driver's JVM logs, such as <c>WARN</c>.</summary>
    public void SetLogLevel(string level) => _context.Call("setLogLevel", level);

    /// <summary>Distributes texts; nothing runs yet.</summary>
    /// <param name="elements">The texts; they go over a few megabytes at a time.</param>
    /// <param name="numSlices">Number of partitions, that is of tasks; at least 1. With as many as there are elements each has one.</param>
    public Rdd Parallelize(IReadOnlyList<string> elements, int numSlices)
    {
        ArgumentNullException.ThrowIfNull(elements);
        ArgumentOutOfRangeException.ThrowIfLessThan(numSlices, 1);
        using JavaObject list = JavaTexts.ToList(_context.Gateway, elements);
        return new Rdd(_context.Call<JavaObject>("parallelize", list, numSlices));
    }

    /// <summary>Puts the jobs that the calling thread starts from now on into a group.</summary>
    /// <param name="groupId">The group's name, for <see cref="CancelJobGroup"/> and <see cref="StatusTracker"/>.</param>
    /// <param name="description">What Spark's pages show for these jobs.</param>
    /// <param name="interruptOnCancel">True: threads of cancelled tasks are interrupted.</param>
    public void SetJobGroup(string groupId, string description, bool interruptOnCancel = false) =>
        _context.Call("setJobGroup", groupId, description, interruptOnCancel);

    /// <summary>Takes the calling thread out of its job group.</summary>
    public void ClearJobGroup() => _context.Call("clearJobGroup");

    /// <summary>Cancels the jobs of a group; call it from another thread than the one that waits, whose call then throws a
    /// <see cref="JavaException"/>. Processes started by <see cref="Rdd.Pipe"/> are not ended by it.</summary>
    public void CancelJobGroup(string groupId) => _context.Call("cancelJobGroup", groupId);

    /// <summary>What tells how far jobs are.</summary>
    public StatusTracker StatusTracker() => new(_context.Call<JavaObject>("statusTracker"));
}
