using System.Diagnostics;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// A stock Spark of the test cluster that starts our programs by its own spark-submit, in local[2] unless told otherwise. It logs warnings
/// only, binds to loopback and takes free ports. The program's stdout and stderr both come in the output, as Spark merges them.
/// </summary>
public sealed class SparkLauncher : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder _folder = new();
    private readonly string _home;

    private SparkLauncher(string home)
    {
        _home = home;
        Directory.CreateDirectory(_folder.File("conf"));
        Directory.CreateDirectory(WorkingFolder);
        File.WriteAllLines(_folder.File("conf", "log4j2.properties"),
            ["rootLogger.level = warn", "rootLogger.appenderRef.stderr.ref = console",
            "appender.console.type = Console", "appender.console.name = console", "appender.console.target = SYSTEM_ERR",
            "appender.console.layout.type = PatternLayout", "appender.console.layout.pattern = %p %c{1}: %m%n%ex"]);
        File.WriteAllText(_folder.File("conf", "spark-defaults.conf"), "");
    }

    /// <summary>The versions that the test cluster has.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["3.5.8", "4.3.0"];

    /// <summary>Where spark-submit, and in local mode the driver and the runners, start; scratch, goes with the launcher.</summary>
    public string WorkingFolder => _folder.File("work");

    /// <summary>Settings for every start, after the launcher's own.</summary>
    public Dictionary<string, string> Configuration { get; } = [];

    /// <summary>Variables for spark-submit and all that it starts.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The <c>--master</c>.</summary>
    public string Master { get; init; } = "local[2]";

    /// <summary>The launcher of a version, or a skipped test with the reason; in CI a failed one.</summary>
    public static SparkLauncher Require(string version) =>
        new(Path.GetDirectoryName(Path.GetDirectoryName(TestCluster.Require($"spark-{version}", "bin", "spark-submit"))!)!);

    /// <summary>Runs a program to its end.</summary>
    public ProgramResult Run(BuiltProgram program, params IReadOnlyList<string> arguments)
    {
        using Process process = Start(program, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"spark-submit {string.Join(' ', arguments)} did not end within {Limit}.\n{output.Result}\n{errors.Result}");
        }
        return new ProgramResult(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Starts spark-submit with a program of ours as the driver. The caller reads both streams and ends the process.</summary>
    public Process Start(BuiltProgram program, params IReadOnlyList<string> arguments) => Submit(
    [
        "--conf", $"spark.pyspark.driver.python={program.Path}", "--class", "org.apache.spark.deploy.PythonRunner",
        "spark-internal", Path.GetFileName(program.Path), "x", .. arguments,
    ]);

    /// <summary>
    /// Starts spark-submit with the launcher's settings and anything after them, such as a command line that our own code made.
    /// </summary>
    public Process Submit(IReadOnlyList<string> arguments)
    {
        // A shell that runs tests in the background leaves SIGINT ignored, and children inherit that: they start as from a terminal.
        ProcessStartInfo start =
            new("env", ["--default-signal=INT,TERM", Path.Combine(_home, "bin", "spark-submit"), .. Settings(), .. arguments])
            {
                WorkingDirectory = WorkingFolder,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        foreach (string variable in start.Environment.Keys.Where(IsForeign).ToList()) start.Environment.Remove(variable);
        foreach ((string variable, string value) in Variables().Concat(Environment)) start.Environment[variable] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsForeign(string variable) =>
        new[] { "BATCHSCORING_", "AWS_", "SPARK_", "PYSPARK_", "HADOOP_" }.Any(prefix =>
            variable.StartsWith(prefix, StringComparison.Ordinal));

    private Dictionary<string, string> Variables() => new()
    {
        ["SPARK_HOME"] = _home,
        ["SPARK_CONF_DIR"] = _folder.File("conf"),
        ["SPARK_LOCAL_IP"] = "127.0.0.1",
        ["SPARK_LOCAL_DIRS"] = _folder.File("local"),
    };

    private IEnumerable<string> Settings()
    {
        Dictionary<string, string> settings = new()
        {
            ["spark.ui.port"] = "0",
            ["spark.driver.memory"] = "512m",
            ["spark.driver.extraJavaOptions"] = "-XX:TieredStopAtLevel=1",
            // a JVM that lives for seconds earns nothing by the second compiler
            ["spark.sql.shuffle.partitions"] = "2",
        };
        foreach ((string key, string value) in Configuration) settings[key] = value;
        return ["--master", Master, .. settings.SelectMany(setting => new[] { "--conf", $"{setting.Key}={setting.Value}" })];
    }
}
