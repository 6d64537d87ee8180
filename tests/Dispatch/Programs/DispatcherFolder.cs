using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>A dispatcher's folder and the real program at work in it, which may be killed and started again.</summary>
internal sealed class DispatcherFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    public DispatcherFolder(params IReadOnlyList<(string Name, string Text)> pipelines)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "pipelines"));
        File.WriteAllText(System.IO.Path.Combine(Path, "dispatcher.yaml"), "name: test\nprograms: {batch-score: /bin/false}\n");
        foreach ((string name, string text) in pipelines)
            File.WriteAllText(System.IO.Path.Combine(Path, "pipelines", name + ".yaml"), text);
    }

    public string Path => _folder.Path;

    /// <summary>What serves: as the build left it, unless a published one is meant.</summary>
    public BuiltProgram Program { get; init; } = BuiltProgram.Dispatcher;

    /// <summary>Variables that the program gets besides the test's own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The process that serves.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Begins to serve.</summary>
    public void Start() => _process = StartAnother();

    /// <summary>One more on the same ledger.</summary>
    public Process StartAnother()
    {
        Process process = Program.Start(Path, Environment, "serve");
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null) Errors.Enqueue(line.Data);
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null) Errors.Enqueue(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>What it said on its standard streams.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>kill −9 of the dispatcher alone: what it began goes on.</summary>
    public void Kill()
    {
        // The program stands behind `env`, which became it.
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public void KillIfAlive()
    {
        if (_process is { HasExited: false }) Kill();
    }

    /// <summary>It ends as by a crash, where the kernel was allowed to write its memory down.</summary>
    public void Abort()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"It ended with {_process.ExitCode}:\n{string.Join('\n', Errors)}");
        using (var limit = Process.Start("prlimit", ["--core=unlimited", "--pid", ProcessId.ToString(CultureInfo.InvariantCulture)]))
            limit.WaitForExit();
        LinuxProcess.Read(ProcessId)!.Signal("XCPU");
        _process!.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public ProgramResult Run(params IReadOnlyList<string> arguments) =>
        Program.Run(Path, Environment, arguments);

    public List<RunRow> Runs()
    {
        using var ledger = BatchScoring.Dispatcher.Ledger.Ledger.Open(System.IO.Path.Combine(Path, "ledger.db"));
        return ledger.Sql.Query($"SELECT {RunRow.Columns} FROM runs ORDER BY due, id", RunRow.Read);
    }

    /// <summary>Lines of a file that steps write.</summary>
    public string[] Lines(string name)
    {
        string path = System.IO.Path.Combine(Path, name);
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    public void Dispose()
    {
        KillIfAlive();
        // Jobs outlive the dispatcher, and write into its folder.
        LinuxProcess[] jobs = [.. LinuxProcess.Descendants(0).Where(process =>
            process.Environment.Contains($"BATCHSCORING_JOB={Path}/", StringComparison.Ordinal))];
        foreach (LinuxProcess job in jobs) job.Signal("KILL");
        while (jobs.Any(job => job.IsAlive)) Thread.Yield();
        _folder.Dispose();
    }
}
