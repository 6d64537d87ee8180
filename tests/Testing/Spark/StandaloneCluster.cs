namespace BatchScoring.Tests.Testing;

/// <summary>
/// A master and two workers of one core. The second worker has another loopback address: Spark runs a speculative copy of a task only on
/// another host.
/// </summary>
public sealed class StandaloneCluster : IDisposable
{
    private static readonly string[] WorkerHosts = ["127.0.0.1", "127.0.0.2"];

    private readonly TemporaryFolder _folder = new();
    private readonly List<ClusterProcess> _processes = [];

    private StandaloneCluster(string version) => Version = version;

    public string Version { get; }

    public SparkSite Site { get; private set; } = null!;

    /// <summary>Where executors work and log.</summary>
    public string WorkFolder => _folder.File("work");

    public static async Task<StandaloneCluster> StartAsync(string version)
    {
        string spark = Path.Combine(TestCluster.Require($"spark-{version}"), "bin", "spark-class");
        StandaloneCluster cluster = new(version);
        int[] ports = FreePorts.Take(2 + WorkerHosts.Length);
        string url = FormattableString.Invariant($"spark://127.0.0.1:{ports[0]}"),
            page = FormattableString.Invariant($"http://127.0.0.1:{ports[1]}/json/");
        ClusterProcess master = cluster.Run("master", WorkerHosts[0],
            spark, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", Text(ports[0]), "--webui-port",
                Text(ports[1]));
        await master.ShowsAsync(page, "\"aliveworkers\"");
        foreach ((string host, int port) in WorkerHosts.Zip(ports[2..]))
        {
            cluster.Run("worker-" + host, host, spark, "org.apache.spark.deploy.worker.Worker", "--host", host, "--webui-port", Text(port),
                "--cores", "1", "--memory", "2g", "--work-dir", cluster.WorkFolder, url);
        }

        await master.ShowsAsync(page, "\"aliveworkers\" : 2");
        cluster.Site = new SparkSite(version, "--master", url, "--executor-memory", "512m")
        {
            Hosts = [.. cluster._processes.Skip(1).Select(worker => worker.Id)],
        };
        return cluster;
    }

    public void Dispose()
    {
        foreach (ClusterProcess process in Enumerable.Reverse(_processes)) process.Dispose();
        _folder.Dispose();
    }

    private ClusterProcess Run(string name, string host, params string[] command)
    {
        var process = new ClusterProcess(_folder.File(name + ".log"), new Dictionary<string, string> { ["SPARK_LOCAL_IP"] = host },
            command);
        _processes.Add(process);
        return process;
    }

    private static string Text(int port) => port.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
