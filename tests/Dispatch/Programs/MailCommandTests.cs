using BatchScoring.Tests.Testing;
using MimeKit;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>The newcomer's way: a folder instead of a mail server, and the real program.</summary>
public sealed class MailCommandTests : IDisposable
{
    private readonly DispatcherFolder _folder = new(("hello", """
        mail:
          - to: jane@example.org
            on: [ok, failed]
        steps:
          - name: greet
            exec: {command: [/bin/sh, -c, "echo hello; exit {code}"]}
        parameters: {code: "0"}
        """));

    [Fact]
    public void Run_WithAFolder_LeavesItsLetterThere()
    {
        File.AppendAllText(Path.Combine(_folder.Path, "dispatcher.yaml"), "mail: {from: scoring@example.org, folder: mailbox}\n");
        ProgramResult run = _folder.Run("run", "hello", "--date", "2026-11-28");
        run.ExitCode.ShouldBe(0, run.Errors);
        string file = Directory.GetFiles(Path.Combine(_folder.Path, "mailbox")).ShouldHaveSingleItem();
        MimeMessage.Load(file).Subject.ShouldNotBeNull().ShouldStartWith("[OK] hello · 2026-11-28 · 1 of 1 steps done · ");

        _folder.Run("outbox").Output.ShouldContain("sent");
        ProgramResult trial = _folder.Run("mail-test", "joe@example.org");
        trial.ExitCode.ShouldBe(0, trial.Errors);
        Directory.GetFiles(Path.Combine(_folder.Path, "mailbox")).Length.ShouldBe(2);
        ProgramResult watch = _folder.Run("watch");
        watch.ExitCode.ShouldBe(0, watch.Errors + watch.Output);
        _folder.Run("mail-test", "joe").Errors.ShouldContain("MAIL_ADDRESS_INVALID");
    }

    [Fact]
    public void Run_MailServerAway_EndsAllTheSameAndTheLetterWaits()
    {
        File.AppendAllText(Path.Combine(_folder.Path, "dispatcher.yaml"),
            "mail: {from: scoring@example.org, smtp: {host: 127.0.0.1, port: 9, timeout: 2s}}\n");
        ProgramResult run = _folder.Run("run", "hello", "--date", "2026-11-28");
        run.ExitCode.ShouldBe(0, run.Errors);
        ProgramResult outbox = _folder.Run("outbox", "--open");
        outbox.Output.ShouldContain("pending");
        outbox.Output.ShouldContain("cannot be reached");
        _folder.Run("resend").Output.ShouldContain("1 letters");
        _folder.Run("mail-test", "joe@example.org").ExitCode.ShouldBe(69);
    }

    public void Dispose() => _folder.Dispose();
}
