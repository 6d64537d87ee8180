namespace BatchScoring.Spark;

/// <summary>
/// One call of spark-submit that starts a program of ours as the driver: Spark's own <c>PythonRunner</c> runs it and opens a gateway for
/// it.
/// </summary>
/// <remarks>Immutable and thread safe. Source: spark-submit of Spark 3.5.8 and 4.3.0. Standalone's cluster deploy mode does not take
/// drivers of this kind.</remarks>
public sealed record SparkSubmission
{
    private const string RunnerClass = "org.apache.spark.deploy.PythonRunner";

    /// <summary>A resource that stands for "no jar".</summary>
    private const string NoJar = "spark-internal";

    /// <summary>PythonRunner drops its second argument, which must not be empty on YARN.</summary>
    private const string Dropped = "x";

    /// <summary><c>local[2]</c>, <c>spark://host:port</c>, <c>yarn</c>; null leaves it to Spark's own configuration.</summary>
    public string? Master { get; init; }

    /// <summary><c>client</c> or <c>cluster</c>; null leaves it to Spark's own configuration.</summary>
    public string? DeployMode { get; init; }

    /// <summary>The application's name.</summary>
    public required string Name { get; init; }

    /// <summary>The driver: an absolute path, or one relative to a YARN container, where an archive puts it.</summary>
    public required string Driver { get; init; }

    /// <summary>The driver's first argument; Spark shows it as the application's file.</summary>
    public required string FirstArgument { get; init; }

    /// <summary>The driver's other arguments. They are readable for everyone on the machine (<c>ps</c>): no secrets.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Archives for the working directories of driver and executors, as <c>path#folder</c>.</summary>
    public IReadOnlyList<string> Archives { get; init; } = [];

    /// <summary>Files for the same directories.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>A properties file: the way for secrets.</summary>
    public string? PropertiesFile { get; init; }

    /// <summary>
    /// Settings that hold no secrets; a flag of the same name in <see cref="PassedThrough"/> wins, because it comes later.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>Flags for spark-submit as the user gave them.</summary>
    public IReadOnlyList<string> PassedThrough { get; init; } = [];

    /// <summary>The arguments of spark-submit, in its order: flags, resource, arguments of the class.</summary>
    public IReadOnlyList<string> ToArguments() =>
    [
        .. Flag("--master", Master),
        .. Flag("--deploy-mode", DeployMode),
        "--name", Name,
        .. Flag("--properties-file", PropertiesFile),
        .. Flag("--archives", Joined(Archives)),
        .. Flag("--files", Joined(Files)),
        .. Settings.Append(new("spark.pyspark.driver.python", Driver)).SelectMany(pair => new[] { "--conf", $"{pair.Key}={pair.Value}" }),
        .. PassedThrough,
        "--class", RunnerClass,
        NoJar, FirstArgument, Dropped,
        .. Arguments,
    ];

    private static string? Joined(IReadOnlyList<string> paths) => paths.Count == 0 ? null : string.Join(',', paths);

    private static string[] Flag(string name, string? value) => value is null ? [] : [name, value];
}
