using System.Diagnostics;
using System.Globalization;

namespace BatchScoring.Bench.Dispatching;

/// <summary>Another scheduler, behind a command that knows <c>version</c>, <c>tick</c> and <c>year</c>: see peers/npm.mjs.</summary>
/// <param name="Name">For people.</param>
/// <param name="Command">Its first words.</param>
/// <param name="Missing">How it is got, told where it is not there.</param>
internal sealed record Peer(string Name, string[] Command, string Missing)
{
    /// <summary>The firings of a year on a virtual clock can be had.</summary>
    public bool HasYear { get; init; } = true;

    /// <summary>It can run a command.</summary>
    public bool HasTick { get; init; } = true;

    /// <param name="folder">Where the peers' own programs lie.</param>
    public static Peer[] All(string folder) =>
    [
        new("Debian cron", ["sh", Path.Combine(folder, "cron.sh")], "apt-get install cron, and root") { HasYear = false },
        new("APScheduler", ["/usr/bin/python3", Path.Combine(folder, "aps.py")], "apt-get install python3-apscheduler"),
        new("npm cron", ["node", Path.Combine(folder, "npm.mjs"), "cron"], "node and npm"),
        new("npm node-cron", ["node", Path.Combine(folder, "npm.mjs"), "node-cron"], "node and npm"),
        new("Quartz", [Environment.ProcessPath!, "quartz"], "NuGet"),
        new("systemd timers", ["bash", Path.Combine(folder, "systemd.sh")], "apt-get install systemd") { HasTick = false },
    ];

    /// <summary>Null where it cannot be run here.</summary>
    public string? Version()
    {
        try
        {
            using Process process = Start(["version"]);
            string version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 && version.Length > 0 ? version : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Begins to run a command whenever a line of six fields is due.</summary>
    public Process Tick(string line, string command) => Start(["tick", line, command]);

    /// <summary>Seconds since 1970 of all firings of a line of five fields, and what went wrong, or nothing.</summary>
    public async Task<(long[] Firings, string Said)> YearAsync(string line, string zone, DateTimeOffset from, DateTimeOffset until)
    {
        using Process process = Start(["year", line, zone, $"{from.ToUnixTimeSeconds()}", $"{until.ToUnixTimeSeconds()}"]);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Name}: {await errors}");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return ([.. lines.Select(text => long.Parse(text, CultureInfo.InvariantCulture))], (await errors).Trim());
    }

    private Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(Command[0], [.. Command[1..], .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
