using BatchScoring.Spark.Py4J;

namespace BatchScoring.Spark;

/// <summary>Texts distributed over the cluster, or the plan to make them.</summary>
public sealed class Rdd
{
    private const int PipeBufferBytes = 65536;
    private readonly JavaObject _rdd;

    internal Rdd(JavaObject rdd) => _rdd = rdd;

    /// <summary>Number of partitions, that is of tasks.</summary>
    public int NumPartitions => _rdd.Call<int>("getNumPartitions");

    /// <summary>
    /// For each partition, a process is started once; it reads the partition's elements from its stdin, each followed by a line feed, and
    /// the lines of its stdout are the result. UTF-8 both ways. An exit status other than 0 fails the task. Nothing runs yet.
    /// </summary>
    /// <param name="command">The program and its arguments; they show in Spark's messages.</param>
    /// <param name="environment">Added to the executor's environment.</param>
    public Rdd Pipe(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfZero(command.Count, nameof(command));
        using JavaObject words = JavaTexts.ToList(_rdd.Gateway, command);
        using JavaObject variables = _rdd.Gateway.New("java.util.HashMap");
        foreach ((string name, string value) in environment) variables.Call("put", name, value);
        // Without the encoding Spark takes that of the JVM's locale, and a POSIX one breaks on anything but ASCII.
        return new Rdd(_rdd.Call<JavaObject>("pipe", words, variables, false, PipeBufferBytes, "UTF-8"));
    }

    /// <summary>Runs the job and brings all elements here, in order of their partitions. Waits until it is done.</summary>
    /// <exception cref="JavaException">The job failed or was cancelled.</exception>
    public IReadOnlyList<string> Collect()
    {
        using JavaObject list = _rdd.Call<JavaObject>("collect");
        return [.. JavaTexts.Read(list)];
    }
}
