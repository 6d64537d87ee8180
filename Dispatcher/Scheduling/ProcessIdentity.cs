using System.Globalization;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// Names a process so that no other one ever has its name: host, boot, process id and the tick of its start, as Linux counts them.
/// </summary>
internal static class ProcessIdentity
{
    private static readonly string Boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>This process.</summary>
    public static string Own { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Boot}:{Environment.ProcessId}:{StartOf(Environment.ProcessId)}");

    /// <summary>True when the process ran here and is gone; of other hosts nothing is known.</summary>
    public static bool IsDead(string identity)
    {
        string[] parts = identity.Split(':');
        if (parts is not [var host, var boot, var pid, var start] || host != Environment.MachineName) return false;
        return boot != Boot || !int.TryParse(pid, CultureInfo.InvariantCulture, out int id) || StartOf(id) != start;
    }

    /// <summary>The 22nd field of /proc/PID/stat; the second one, the program's name, may hold spaces and brackets. Null: no such process.</summary>
    private static string? StartOf(int pid)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // A zombie has ended; only its parent has not looked yet.
            return fields[0] == "Z" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
