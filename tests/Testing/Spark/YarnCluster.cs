using System.Net.Http.Json;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// A real ResourceManager and NodeManager on free ports. The NodeManager kills containers over their memory, as many clusters do.
/// </summary>
public sealed class YarnCluster : IDisposable
{
    /// <summary>As services on servers have it: a JVM then damages what is not ASCII.</summary>
    private const string Locale = "C";

    private static readonly HttpClient Http = new();

    private readonly TemporaryFolder _folder = new();
    private readonly List<ClusterProcess> _processes = [];
    private string _address = "";

    private YarnCluster()
    {
    }

    /// <summary>What the NodeManager keeps for containers: archives, configuration, launch scripts.</summary>
    public string LocalFolder => _folder.File("local");

    /// <summary>What containers print.</summary>
    public string LogFolder => _folder.File("logs");

    private string ConfigurationFolder => _folder.File("conf");

    public static async Task<YarnCluster> StartAsync()
    {
        string jars = TestCluster.Require("yarn-3.3.4"), spark = TestCluster.Require("spark-3.5.8", "jars");
        YarnCluster cluster = new();
        int[] ports = FreePorts.Take(YarnConfiguration.Ports);
        cluster._address = FormattableString.Invariant($"http://127.0.0.1:{ports[YarnConfiguration.WebPort]}/ws/v1/cluster/");
        foreach (string folder in new[] { cluster.ConfigurationFolder, cluster.LocalFolder, cluster.LogFolder })
            Directory.CreateDirectory(folder);
        YarnConfiguration.Write(cluster.ConfigurationFolder, cluster.LocalFolder, cluster.LogFolder, ports);
        string classes = $"{cluster.ConfigurationFolder}:{jars}/*:{spark}/*";
        ClusterProcess manager = cluster.Run("resourcemanager", classes, "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager");
        await manager.ShowsAsync(cluster._address + "info", "STARTED");
        cluster.Run("nodemanager", classes, "org.apache.hadoop.yarn.server.nodemanager.NodeManager");
        await manager.ShowsAsync(cluster._address + "nodes", "RUNNING");
        return cluster;
    }

    /// <summary>Cluster deploy mode: the driver in a container, one executor of one core in another.</summary>
    public SparkSite Site(string version) => new(version,
        "--master", "yarn", "--deploy-mode", "cluster", "--num-executors", "1", "--executor-memory", "512m",
        "--conf", $"spark.yarn.jars=local:{TestCluster.Require($"spark-{version}", "jars")}/*",
        "--conf", $"spark.yarn.stagingDir=file://{_folder.File("staging")}",
        "--conf", "spark.yarn.report.interval=300ms",
        "--conf", "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
        "--conf", "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1")
    {
        Environment = new Dictionary<string, string>
        {
            ["SPARK_LOCAL_IP"] = "127.0.0.1",
            ["HADOOP_CONF_DIR"] = ConfigurationFolder,
            ["LC_ALL"] = Locale
        },
        Hosts = [.. _processes.Skip(1).Select(node => node.Id)],
    };

    /// <summary>What <c>yarn application -kill</c> does.</summary>
    public async Task KillAsync(string application)
    {
        using HttpResponseMessage answer = await Http.PutAsJsonAsync(
            new Uri($"{_address}apps/{application}/state?user.name={System.Environment.UserName}"), new { state = "KILLED" });
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        foreach (ClusterProcess process in Enumerable.Reverse(_processes)) process.Dispose();
        _folder.Dispose();
    }

    private ClusterProcess Run(string name, string classes, string main)
    {
        string[] opens = ["--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED", "--add-exports=java.base/sun.net.dns=ALL-UNNAMED"];
        var process = new ClusterProcess(_folder.File(name + ".log"), new Dictionary<string, string> { ["LC_ALL"] = Locale },
            ["java", .. opens, "-Xmx512m", "-cp", classes, main]);
        _processes.Add(process);
        return process;
    }
}
