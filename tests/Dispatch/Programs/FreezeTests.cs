using System.Diagnostics;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Testing;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>A leader that stands still, a successor that takes over, and the leader that goes on as if nothing had been.</summary>
public sealed class FreezeTests(ITestOutputHelper output) : IDisposable
{
    private const int AtOnce = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly SshServer _ssh = new();
    private int _held;

    [SkippableFact]
    public async Task FrozenLeader_BesideItsSuccessor_BeginsNothingTwice()
    {
        SshServer.Require();
        int rounds = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 50 : AtOnce, seed = 20261129, steps = 0;
        for (int first = 0; first < rounds; first += AtOnce)
        {
            int[] did = await Task.WhenAll(Enumerable.Range(first, AtOnce).Select(round => RoundAsync(round, new Random(seed + round))));
            steps += did.Sum();
        }

        output.WriteLine($"seed {seed}, {rounds} rounds: {steps} steps over ssh, overlapping 0, twice 0; {_held} rounds stood in the middle of a write");
    }

    /// <summary>As a leader does that is frozen in the middle of a write.</summary>
    [Fact]
    public async Task LedgerHeldByAnother_IsSaid_AndTheWorkGoesOnWhenItLetsGo()
    {
        using var folder = new DispatcherFolder(("tick", """
            schedule: {cron: "*/2 * * * * *", seconds: true, zone: UTC}
            steps:
            - {name: one, exec: {command: [sh, -c, "echo ran >>$0", DONE]}}
            """));
        Replace(folder, "pipelines/tick.yaml", "DONE", Path.Combine(folder.Path, "done"));
        folder.Start();
        await Poll.UntilAsync(() => folder.Lines("done").Length > 0, Limit, "a run");
        using (var ledger = Ledger.Open(Path.Combine(folder.Path, "ledger.db")))
        {
            ledger.Write(sql =>
            {
                sql.Execute("UPDATE lease SET holder = holder");
                Poll.UntilAsync(() => folder.Errors.Any(line => line.Contains("is held by another program")), Limit, "why nothing begins").GetAwaiter().GetResult();
            });
        }

        int before = folder.Lines("done").Length;
        await Poll.UntilAsync(() => folder.Lines("done").Length > before, Limit, "a further run");
        folder.Errors.ShouldContain(line => line.Contains("The ledger can be written again."));
    }

    public void Dispose() => _ssh.Dispose();

    private async Task<int> RoundAsync(int round, Random random)
    {
        using var folder = new DispatcherFolder(("tick", """
            schedule: {cron: "*/2 * * * * *", seconds: true, zone: UTC}
            catch_up: 1000
            overlap: queue
            steps:
            - {name: one, exec: {host: edge, command: [sh, -c, "echo begin {run} $BATCHSCORING_JOB >>$0; sleep 0.7; echo end {run} >>$0", DONE]}}
            """));
        Replace(folder, "pipelines/tick.yaml", "DONE", Path.Combine(folder.Path, "done"));
        File.AppendAllText(Path.Combine(folder.Path, "dispatcher.yaml"), FormattableString.Invariant(
            $"hosts: {{edge: {{address: 127.0.0.1, port: {_ssh.Port}, user: {Environment.UserName}, key: {_ssh.UserKey}, known_hosts: {_ssh.KnownHosts}, jobs: {folder.Path}/jobs}}}}\n"));
        folder.Start();
        try
        {
            return await RoundAsync(folder, round, random);
        }
        catch (TimeoutException e)
        {
            string[] said = [.. folder.Errors, .. folder.Lines("done"), folder.Run("history").Output, .. File.ReadLines(_ssh.PathOf("log")).TakeLast(40)];
            throw new TimeoutException($"round {round}: {e.Message}\n{string.Join('\n', said)}", e);
        }
    }

    private async Task<int> RoundAsync(DispatcherFolder folder, int round, Random random)
    {
        LinuxProcess leader = LinuxProcess.Read(folder.ProcessId)!;
        await StepsAsync(folder, 1);
        long fence = Fence(folder);
        using Process second = folder.StartAnother();
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(2000)), TimeProvider.System);
            // In every other round what the leader was about to begin stands before the host's lock when it freezes.
            using Process? holder = round % 2 == 0 ? null : Hold(Path.Combine(folder.Path, "jobs", ".lock"));
            if (holder is not null) await Task.Delay(TimeSpan.FromMilliseconds(1000 + random.Next(1500)), TimeProvider.System);
            leader.Signal("STOP");
            await Poll.UntilAsync(() => leader.IsStopped, Limit, "the leader stands still");
            if (IsHeld(folder))
            {
                // It stands in the middle of a write: nobody can lead, and the successor says so and waits.
                await Poll.UntilAsync(() => folder.Errors.Any(line => line.Contains("is held by another program")), Limit, "the successor says why it waits");
                second.HasExited.ShouldBeFalse();
                Interlocked.Increment(ref _held);
                leader.Signal("CONT");
                await Poll.UntilAsync(() => !IsHeld(folder), Limit, "the write ends");
                holder?.StandardInput.Close();
                await StepsAsync(folder, 2);
                return Judge(folder.Lines("done"), $"round {round}");
            }

            await Poll.UntilAsync(() => Fence(folder) > fence, Limit, "the successor leads");
            if (holder is not null)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1000)), TimeProvider.System);
                holder.StandardInput.Close();
            }
            else
            {
                await StepsAsync(folder, 1);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1000)), TimeProvider.System);
            leader.Signal("CONT");
            await StepsAsync(folder, 2);
            Fence(folder).ShouldBeGreaterThan(fence, "the successor led");
        }
        finally
        {
            leader.Signal("CONT");
            second.Kill();
            folder.Kill();
        }

        return Judge(folder.Lines("done"), $"round {round}");
    }

    private static int Judge(string[] lines, string where)
    {
        HashSet<string> begun = new(StringComparer.Ordinal), open = new(StringComparer.Ordinal);
        foreach (string[] words in lines.Select(line => line.Split(' ')))
        {
            if (words[0] == "end") open.Remove(words[1]);
            else if (!open.Add(words[1])) Assert.Fail($"{where}: {words[1]} was begun while it ran");
            else if (!begun.Add(words[1])) Assert.Fail($"{where}: {words[1]} was begun twice");
        }

        return begun.Count;
    }

    private static async Task StepsAsync(DispatcherFolder folder, int more)
    {
        int before = folder.Lines("done").Length;
        await Poll.UntilAsync(() => folder.Lines("done").Length >= before + (2 * more), Limit, "further steps");
    }

    private static long Fence(DispatcherFolder folder)
    {
        using var ledger = Ledger.Open(Path.Combine(folder.Path, "ledger.db"));
        return (long)ledger.Sql.Scalar("SELECT fence FROM lease")!;
    }

    /// <summary>True when somebody stands in the middle of a write.</summary>
    private static bool IsHeld(DispatcherFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "ledger.db")};Default Timeout=1;Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        // Alone: what follows a statement that answers with rows fails without a word.
        command.CommandText = "BEGIN IMMEDIATE; ROLLBACK";
        try
        {
            command.ExecuteNonQuery();
            return false;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            return true;
        }
    }

    /// <summary>Has the lock until its input ends.</summary>
    private static Process Hold(string file)
    {
        Process process = Process.Start(new ProcessStartInfo("flock", ["-o", file, "sh", "-c", "echo held; cat"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardOutput.ReadLine().ShouldBe("held");
        return process;
    }

    private static void Replace(DispatcherFolder folder, string file, string word, string by)
    {
        string path = Path.Combine(folder.Path, file);
        File.WriteAllText(path, File.ReadAllText(path).Replace(word, by, StringComparison.Ordinal));
    }
}
