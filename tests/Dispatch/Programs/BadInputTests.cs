using BatchScoring.Tests.Dispatch.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>What a newcomer sees of the real command when something is wrong: what, where, and what to do; never a stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Hello = "steps:\n- {name: greet, exec: {command: [echo, hello]}}\n";

    private readonly DispatcherFolder _folder = new(("hello", Hello));

    [Fact]
    public void Check_TellsEveryMistakeWithItsPlaceAndWhatWouldBeRight()
    {
        Write("tab", "steps:\n- name: a\n\texec: {command: [\"true\"]}\n");
        Write("typo", "shedule: {at: \"02:00\", zone: UTC}\n" + Hello);
        Write("february", "schedule: {cron: \"0 2 30 2 *\", zone: UTC}\n" + Hello);
        Write("circle", """
            steps:
            - {name: a, after: [b], exec: {command: ["true"]}}
            - {name: b, after: [a], exec: {command: ["true"]}}
            """);
        ProgramResult check = _folder.Run("check");
        check.ExitCode.ShouldBe(78);
        string said = check.Output + check.Errors;
        Clear(said);
        said.ShouldContain("tab.yaml:3:");
        said.ShouldContain("tab", Case.Sensitive);
        said.ShouldContain("typo.yaml:1:1: 'shedule' is no key of a pipeline. Did you mean 'schedule'?");
        said.ShouldContain("february.yaml:1:");
        said.ShouldContain("never");
        said.ShouldContain("circle.yaml:2:");
        said.ShouldContain("Steps wait for each other in a circle: a → b → a.");
    }

    [Fact]
    public void MissingSecrets_AreNamedByTheRunAndByDoctor()
    {
        Write("secret", "steps:\n- {name: load, exec: {environment_file: /nowhere/store.env, command: [\"true\"]}}\n");
        ProgramResult run = _folder.Run("run", "secret", "--date", "2026-11-28");
        run.ExitCode.ShouldBe(2);
        Clear(run.Output + run.Errors);
        run.Output.ShouldContain("/nowhere/store.env is not there: it was to hold variables of the job");
        File.AppendAllText(Path.Combine(_folder.Path, "dispatcher.yaml"), "page: {token_file: token}\n");
        ProgramResult doctor = _folder.Run("doctor");
        doctor.ExitCode.ShouldBe(78);
        doctor.Output.ShouldContain($"WRONG {Path.Combine(_folder.Path, "token")} is not there");
    }

    [SkippableFact]
    public void Hosts_ThatCannotBeUsed_SayWhichAndWhy()
    {
        SshServer.Require();
        using var ssh = new SshServer();
        string open = ssh.MakeKey("open", "ed25519");
        SshServer.Run("chmod", "644", open);
        string host = FormattableString.Invariant($"address: 127.0.0.1, user: {Environment.UserName}, known_hosts: {ssh.KnownHosts}");
        File.AppendAllText(Path.Combine(_folder.Path, "dispatcher.yaml"), FormattableString.Invariant($$"""
            hosts:
              away: {{{host}}, port: {{FreePorts.Take(1)[0]}}, key: {{ssh.UserKey}}}
              open: {{{host}}, port: {{ssh.Port}}, key: {{open}}}
              phrase: {{{host}}, port: {{ssh.Port}}, key: {{ssh.UserKey}}, passphrase_file: /nowhere/phrase}
            """));
        foreach ((string name, string expected) in new[]
        {
            ("open", $"{open} may be used by others than its owner (its rights are 644). Run: chmod 600 {open}"),
            ("phrase", "/nowhere/phrase is not there"),
        })
        {
            Write(name, $"steps:\n- {{name: go, exec: {{host: {name}, command: [\"true\"]}}}}\n");
            ProgramResult run = _folder.Run("run", name, "--date", "2026-11-28");
            run.ExitCode.ShouldBe(2);
            Clear(run.Output + run.Errors);
            run.Output.ShouldContain(expected);
        }

        ProgramResult doctor = _folder.Run("doctor");
        doctor.ExitCode.ShouldBe(78);
        Clear(doctor.Output + doctor.Errors);
        doctor.Output.ShouldContain("WRONG away: REMOTE_UNREACHABLE: away (");
    }

    [SkippableFact]
    public void LedgerThatCannotBeWritten_IsSaidWithWhatToDo()
    {
        Skip.If(Environment.UserName != "root", "Only root can mount.");
        _folder.Run("status").ExitCode.ShouldBe(0);
        ProgramResult run = Mounted("mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\"", "run", "hello", "--date", "2026-11-28");
        run.ExitCode.ShouldBe(77);
        Clear(run.Output + run.Errors);
        run.Errors.ShouldContain("LEDGER_READ_ONLY");
        run.Errors.ShouldContain("ledger.db cannot be written");
        run.Errors.ShouldContain("Give this user the right");
    }

    [Fact]
    public async Task SecondDispatcherOnOneLedger_SaysWhoLeadsAndWaits()
    {
        _folder.Start();
        await SaidAsync(" serves ");
        int leader = _folder.ProcessId;
        using System.Diagnostics.Process second = _folder.StartAnother();
        try
        {
            await SaidAsync($"Another dispatcher leads: process {leader} on {Environment.MachineName}. This one waits");
            _folder.Kill();
            await SaidAsync("This dispatcher leads now.");
        }
        finally
        {
            second.Kill();
            second.WaitForExit();
        }
    }

    public void Dispose() => _folder.Dispose();

    private Task SaidAsync(string text) => Poll.UntilAsync(
        () => _folder.Errors.Any(line => line.Contains(text, StringComparison.Ordinal)), TimeSpan.FromSeconds(60), text);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.Path, "pipelines", name + ".yaml"), text);

    private static void Clear(string said)
    {
        said.ShouldNotContain("   at BatchScoring");
        said.ShouldNotContain("Exception");
    }

    /// <summary>The command in a view of the file systems of its own.</summary>
    private ProgramResult Mounted(string mount, params string[] words) => BuiltProgram.At("/usr/bin/unshare").Run(
        _folder.Path, _folder.Environment, ["-m", "sh", "-c", mount + " && cd \"$1\" && shift && exec \"$@\"", "sh", _folder.Path, BuiltProgram.Dispatcher.Path, .. words]);
}
