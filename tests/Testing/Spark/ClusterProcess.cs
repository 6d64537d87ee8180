using System.Diagnostics;

namespace BatchScoring.Tests.Testing;

/// <summary>A server of the test cluster as a child process that logs to a file and ends with the tests.</summary>
public sealed class ClusterProcess : IDisposable
{
    /// <summary>Becomes the server; a child beside it ends the server when the tests' end of the pipe closes, however that comes.</summary>
    private const string Script =
        "log=$1; shift; exec 3<&0; { cat <&3; kill $$; } >/dev/null 2>&1 & exec \"$@\" >\"$log\" 2>&1 </dev/null 3<&-";

    private static readonly TimeSpan Start = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(15);
    private static readonly HttpClient Http = new();

    private readonly Process _process;
    private readonly string _log;

    /// <param name="log">Its standard output and errors.</param>
    /// <param name="environment">Beside what the tests themselves have.</param>
    /// <param name="command">Program and arguments.</param>
    public ClusterProcess(string log, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> command)
    {
        _log = log;
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", log, .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetDirectoryName(log)!,
        };
        foreach ((string variable, string value) in environment) start.Environment[variable] = value;
        _process = Process.Start(start)!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    public int Id => _process.Id;

    /// <summary>Waits until a page of its user interface holds a text.</summary>
    public async Task ShowsAsync(string page, string text) => await Poll.ForAsync(
        async () =>
        {
            if (_process.HasExited) throw new InvalidOperationException($"It ended at once:\n{await File.ReadAllTextAsync(_log)}");
            try
            {
                return (await Http.GetStringAsync(new Uri(page))).Contains(text, StringComparison.Ordinal) ? text : null;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        },
        Start, $"'{text}' at {page}; log: {_log}");

    public void Dispose()
    {
        if (_process.HasExited) return;
        // First politely: a node manager ends its containers.
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        if (!_process.WaitForExit(End)) _process.Kill(entireProcessTree: true);
    }
}
