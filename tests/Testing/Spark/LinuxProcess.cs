using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BatchScoring.Tests.Testing;

/// <summary>A process as /proc shows it, told from a later one with the same id by its start.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">Its parent's id when it was looked at.</param>
/// <param name="Name">Its program's name, 15 characters at most.</param>
/// <param name="Started">Clock ticks since the machine started.</param>
public sealed record LinuxProcess(int Id, int Parent, string Name, long Started)
{
    /// <summary>False for one that ended and that nobody has waited for yet.</summary>
    public bool IsAlive => Read(Id) is { } now && now.Started == Started;

    /// <summary>True once every thread stands still: SIGSTOP reaches the others only when the first thread that has it is run.</summary>
    public bool IsStopped => Threads().All(state => state is "T" or "t");

    /// <summary>Arguments, separated by NUL; empty when it has ended.</summary>
    public string CommandLine => Text("cmdline");

    /// <summary>Variables, separated by NUL; empty when it has ended.</summary>
    public string Environment => Text("environ");

    /// <summary>Address space in MiB; null when it has ended.</summary>
    public int? AddressSpaceMiB =>
        Text("status").Split('\n').FirstOrDefault(line => line.StartsWith("VmSize:", StringComparison.Ordinal)) is { } line
        ? int.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024
        : null;

    /// <summary>True while a soft limit keeps its address space small.</summary>
    public bool HasLimitedAddressSpace =>
        Text("limits").Split('\n').FirstOrDefault(line => line.StartsWith("Max address space", StringComparison.Ordinal)) is { } line
        && line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3] != "unlimited";

    /// <summary>Children, their children and so on.</summary>
    public static IReadOnlyList<LinuxProcess> Descendants(int root)
    {
        LinuxProcess[] all = [.. Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => Read(int.Parse(name!, CultureInfo.InvariantCulture))).OfType<LinuxProcess>()];
        ILookup<int, LinuxProcess> children = all.ToLookup(process => process.Parent);
        List<LinuxProcess> found = [.. children[root]];
        for (int i = 0; i < found.Count; i++) found.AddRange(children[found[i].Id]);
        return found;
    }

    public static LinuxProcess? Read(int id)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            int open = stat.IndexOf('('), close = stat.LastIndexOf(')');
            string[] rest = stat[(close + 2)..].Split(' ');
            // The first field after the name is the state, the second the parent, the twentieth the start.
            return rest[0] is "Z" or "X" ? null : new LinuxProcess(
                id, int.Parse(rest[1], CultureInfo.InvariantCulture), stat[(open + 1)..close],
                    long.Parse(rest[19], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="name">KILL, TERM, INT, STOP, CONT.</param>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private IEnumerable<string> Threads() =>
        Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/task"))
            .Select(Path.GetFileName)
            .Select(thread => Text($"task/{thread}/stat"))
            .Where(stat => stat.Length > 0)
            .Select(stat => stat.Substring(stat.LastIndexOf(')') + 2, 1));

    private string Text(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/{file}")));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
