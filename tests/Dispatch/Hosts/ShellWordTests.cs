using System.Text;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Hosts;

public sealed class ShellWordTests : IDisposable
{
    private const int Seed = 20261128, Calls = 40, WordsPerCall = 2500;

    /// <summary>Each is a command, a path out of the folder, or an end of quotation to a shell that is handed it as it is.</summary>
    private static readonly string[] Seeds =
    [
        "$(touch hit)", "`touch hit`", ";touch hit", "|touch hit", "&touch hit", "\ntouch hit\n", "';touch hit;'", "'\\'';touch hit;'",
        "\";touch hit;\"", "\\';touch hit #", ">hit", "<(touch hit)", "${IFS}touch${IFS}hit", "-e touch hit", "--", "*", "?", "[a-z]*", "~",
        "!!", "#", "$'\\n'touch hit", "a\rtouch hit", "a\ttouch hit", "{touch,hit}", "$((touch hit))", "'\ntouch hit\n'", "\\\ntouch hit",
        "\u2028touch hit", "EOF\ntouch hit", ")\ntouch hit\n(", ") </dev/null\ntouch hit\n(",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly LocalHost _host;

    public ShellWordTests() => _host = new LocalHost(HostSettings.Local(_folder.File("jobs")), TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RandomBytes_ThroughSh_ComeBackUnchanged()
    {
        var random = new Random(Seed);
        for (int call = 0; call < Calls; call++)
        {
            byte[][] words = [.. Enumerable.Range(0, WordsPerCall).Select(_ => RandomWord(random))];
            ShellAnswer answer = await AskAsync("printf '%s\\0' \"$@\"", words.Select(word => ShellWord.Of(word)));
            byte[] expected = [.. words.SelectMany(word => word.Append((byte)0))];
            answer.Output.AsSpan().SequenceEqual(expected).ShouldBeTrue($"seed {Seed}, call {call}");
        }
    }

    [Fact]
    public async Task HostileNames_AsWords_RunNothing()
    {
        string[] names = [.. Seeds, .. Seeds.SelectMany(a => new[] { a + "'", "'" + a, "\"" + a, a + "\\", "a b" + a, a + a })];
        names.Length.ShouldBeGreaterThanOrEqualTo(200);
        string work = _folder.File("work");
        Directory.CreateDirectory(work);
        // As a word of a script, and as a word of a script within a script: the command of a detached job.
        ShellAnswer answer = await AskAsync(
            "cd \"$1\"; shift; for each; do printf '%s\\0' \"$each\"; done", [work, .. names.Select(ShellWord.Of)]);
        Encoding.UTF8.GetString(answer.Output).Split('\0').SkipLast(1).ShouldBe(names);
        byte[] command = new JobSpec(new JobName("r", "r.s.1", 1), ["printf", "%s\\0", .. names]) { WorkingFolder = work }.ToCommand();
        answer = await AskAsync("cd \"$1\"; printf '%s' \"$2\" >../command; sh ../command", [work, ShellWord.Of(command)]);
        Encoding.UTF8.GetString(answer.Output).Split('\0').SkipLast(1).ShouldBe(names);
        Directory.GetFileSystemEntries(work).ShouldBeEmpty();
    }

    [Fact]
    public void Text_ThatNoShellCanCarry_IsRefused()
    {
        foreach (string text in new[] { "a\0b", "a" + (char)0xD800 + "b" })
            Should.Throw<BatchScoringException>(() => ShellWord.Of(text)).Code.ShouldBe("REMOTE_WORD_INVALID");
    }

    [Fact]
    public async Task Script_CutAnywhere_RunsNothing()
    {
        string hit = _folder.File("hit");
        byte[] sent = new ShellScript("touch \"$1\"; touch \"$1\"", hit).ToSend().Bytes;
        int whole = sent.AsSpan().LastIndexOf(")"u8);
        for (int length = 0; length < whole; length += 3)
        {
            await ChildProgram.RunAsync(
                new("/bin/sh", ["-s"]), sent[..length], TimeSpan.FromSeconds(30), TimeProvider.System, CancellationToken.None);
            File.Exists(hit).ShouldBeFalse($"cut after {length} of {sent.Length}");
        }
    }

    /// <summary>Half of the bytes are such as mean something to a shell.</summary>
    private static byte[] RandomWord(Random random)
    {
        ReadOnlySpan<byte> special = "'\"\\$`\n\r\t ;&|<>(){}[]*?~!#=%-\u0001\u007f"u8;
        byte[] word = new byte[random.Next(0, 24)];
        for (int i = 0; i < word.Length; i++)
            word[i] = random.Next(2) == 0 ? special[random.Next(special.Length)] : (byte)random.Next(1, 256);
        return word;
    }

    private Task<ShellAnswer> AskAsync(string text, IEnumerable<ShellWord> words) =>
        _host.RunAsync(new ShellScript(text, [.. words]), TimeSpan.FromMinutes(1), CancellationToken.None);
}
