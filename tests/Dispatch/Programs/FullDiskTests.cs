using System.Diagnostics;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>The ledger's disk is full for a while, under the real program at work.</summary>
public sealed class FullDiskTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ITestOutputHelper _output;
    private readonly bool _mounted;
    private readonly DispatcherFolder _folder = new(("tick", """
        schedule: {cron: "*/2 * * * * *", seconds: true, zone: UTC}
        catch_up: 1000
        overlap: queue
        steps:
        - {name: one, exec: {command: [sh, -c, "echo {run} >>$0; sleep 0.3", DONE]}}
        """));

    public FullDiskTests(ITestOutputHelper output)
    {
        _output = output;
        string file = Path.Combine(_folder.Path, "pipelines", "tick.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("DONE", Path.Combine(_folder.Path, "done"), StringComparison.Ordinal));
        Directory.CreateDirectory(Disk);
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=6m,mode=777", "tmpfs", Disk);
        File.AppendAllText(Path.Combine(_folder.Path, "dispatcher.yaml"), "ledger: disk/ledger.db\nhosts: {local: {jobs: jobs}}\n");
    }

    private string Disk => Path.Combine(_folder.Path, "disk");

    [SkippableFact]
    public async Task FullDisk_IsSaid_LosesNothing_AndTheWorkGoesOnWhenThereIsRoom()
    {
        Skip.IfNot(_mounted, "A small disk needs the right to mount one: root, or sudo without a password.");
        _folder.Start();
        await DoneAsync(2);
        string filler = Path.Combine(Disk, "filler");
        // Filled anew until it is noticed: what SQLite gives back is taken as well.
        await Poll.UntilAsync(
            () =>
            {
                Fill(filler);
                return Said("has no room: its disk is full. Make room there.");
            },
            Limit, "the full disk is told");
        int during = _folder.Lines("done").Length;
        Said("Until it can be written nothing begins").ShouldBeTrue();
        File.Delete(filler);
        await Poll.UntilAsync(() => Said("The ledger can be written again."), Limit, "that there is room again");
        await DoneAsync(3);
        _folder.Kill();

        using var ledger = Ledger.Open(Path.Combine(Disk, "ledger.db"));
        List<RunRow> runs = ledger.Sql.Query($"SELECT {RunRow.Columns} FROM runs ORDER BY due", RunRow.Read);
        string[] done = _folder.Lines("done");
        done.ShouldBeUnique();
        for (int n = 1; n < runs.Count; n++) (runs[n].Due - runs[n - 1].Due).ShouldBe(TimeSpan.FromSeconds(2), $"every firing has its row; after {runs[n - 1].Id}");
        runs.Where(run => run.State == RunState.Ok).ShouldAllBe(run => done.Contains(run.Id));
        runs.Where(run => run.Ended is not null).ShouldAllBe(run => run.State == RunState.Ok || (run.State == RunState.Skipped && run.Reason != null));
        _output.WriteLine($"{runs.Count} firings, {done.Length} runs, {during} of them before there was room again");
    }

    public void Dispose()
    {
        _folder.KillIfAlive();
        if (_mounted) Run("umount", Disk);
        _folder.Dispose();
    }

    private bool Said(string text) => _folder.Errors.Any(line => line.Contains(text, StringComparison.Ordinal));

    private Task DoneAsync(int more)
    {
        int before = _folder.Lines("done").Length;
        return Poll.UntilAsync(() => _folder.Lines("done").Length >= before + more, Limit, "further runs");
    }

    private static void Fill(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            while (true) stream.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    private static bool Run(string program, params string[] words)
    {
        bool root = Environment.UserName == "root";
        try
        {
            using var process = Process.Start(root ? program : "sudo", root ? words : ["-n", program, .. words]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
