using System.Globalization;
using System.Xml.Linq;

namespace BatchScoring.Tests.Testing;

/// <summary>The configuration files of a one-node YARN on loopback.</summary>
internal static class YarnConfiguration
{
    /// <summary>Which of the ports answers HTTP.</summary>
    public const int WebPort = 4;

    private static readonly string[] Listeners =
    [
        "yarn.resourcemanager.scheduler.address", "yarn.resourcemanager.resource-tracker.address", "yarn.resourcemanager.address",
        "yarn.resourcemanager.admin.address", "yarn.resourcemanager.webapp.address", "yarn.nodemanager.address",
            "yarn.nodemanager.localizer.address",
        "yarn.nodemanager.webapp.address", "yarn.nodemanager.collector-service.address",
    ];

    public static int Ports => Listeners.Length;

    public static void Write(string folder, string local, string logs, IReadOnlyList<int> ports)
    {
        Dictionary<string, string> yarn = new(StringComparer.Ordinal)
        {
            ["yarn.resourcemanager.hostname"] = "127.0.0.1",
            ["yarn.resourcemanager.bind-host"] = "127.0.0.1",
            ["yarn.nodemanager.hostname"] = "127.0.0.1",
            ["yarn.nodemanager.bind-host"] = "127.0.0.1",
            ["yarn.nodemanager.local-dirs"] = local,
            ["yarn.nodemanager.log-dirs"] = logs,
            ["yarn.nodemanager.resource.memory-mb"] = "12288",
            ["yarn.nodemanager.resource.cpu-vcores"] = "8",
            ["yarn.scheduler.minimum-allocation-mb"] = "256",
            // Memory is policed by polling, which is what a .NET process must survive.
            ["yarn.nodemanager.vmem-check-enabled"] = "true",
            ["yarn.nodemanager.pmem-check-enabled"] = "true",
            ["yarn.nodemanager.resource.memory.enforced"] = "false",
            ["yarn.nodemanager.disk-health-checker.enable"] = "false",
            // What a container had stays for tests to look at.
            ["yarn.nodemanager.delete.debug-delay-sec"] = "3600",
            ["yarn.resourcemanager.scheduler.class"] = "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler",
        };
        for (int i = 0; i < Listeners.Length; i++)
            yarn[Listeners[i]] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports[i]}");
        Save("yarn-site.xml", yarn);
        foreach (string file in new[] { "core-site.xml", "hdfs-site.xml" })
            Save(file, new Dictionary<string, string>(StringComparer.Ordinal) { ["fs.defaultFS"] = "file:///" });

        void Save(string file, Dictionary<string, string> properties) => new XElement("configuration", properties.Select(property =>
            new XElement("property", new XElement("name", property.Key), new XElement("value", property.Value))))
                .Save(Path.Combine(folder, file));
    }
}
