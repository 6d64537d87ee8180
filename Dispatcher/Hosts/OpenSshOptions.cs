using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>How the programs are called, and the folder of this user's alone with the files that they need for it.</summary>
internal sealed class OpenSshOptions : IDisposable
{
    /// <summary><c>ssh</c> itself failed, or a command ended with just that: the end of our scripts' answer tells.</summary>
    public const int ConnectionFailed = 255;

    private readonly HostSettings _settings;

    // The path of a socket must be short.
    private readonly string _folder = Directory.CreateTempSubdirectory("ssh-").FullName;
    private int _links;

    public OpenSshOptions(HostSettings settings)
    {
        _settings = settings;
        if (AskPass() is not { } script) return;
        File.WriteAllBytes(AskPassProgram, script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(AskPassProgram, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string ControlSocket => Path.Combine(_folder, "c");

    private string AskPassProgram => Path.Combine(_folder, "askpass");

    /// <summary>The master: verbose, because its words are all that tells why it did not come about.</summary>
    public ProcessStartInfo Master() => Start("ssh", ["-v", "-N", "-M"], []);

    /// <summary>A program that goes over the master or not at all: without one it would open a connection of its own.</summary>
    public ProcessStartInfo Program(string name, IReadOnlyList<string> command) =>
        Start(name,
            [
                "-o", "LogLevel=ERROR", "-o", "ControlMaster=no", "-o", "ProxyCommand=false",
                .. name == "sftp" ? ["-b", "-"] : Array.Empty<string>(),
            ],
            command);

    /// <summary>A name for a local file that holds nothing special to sftp, which reads names as patterns.</summary>
    public string LinkTo(string file)
    {
        string link = Path.Combine(_folder, Interlocked.Increment(ref _links).ToString(CultureInfo.InvariantCulture));
        File.CreateSymbolicLink(link, Path.GetFullPath(file));
        return link;
    }

    /// <summary>A remote path in a batch of sftp's.</summary>
    public static string SftpWord(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProcessStartInfo Start(string program, IReadOnlyList<string> more, IReadOnlyList<string> command)
    {
        List<string> words =
        [
            "-F", _settings.SshConfig ?? "none",
            .. Options().SelectMany(option => new[] { "-o", option }),
            .. more, .. program == "ssh" ? ["-T"] : Array.Empty<string>(), "--", _settings.Address, .. command,
        ];
        var start = new ProcessStartInfo(program, words);
        start.Environment["LC_ALL"] = "C";
        foreach (string variable in _settings.Withheld) start.Environment.Remove(variable);
        if (File.Exists(AskPassProgram))
        {
            start.Environment["SSH_ASKPASS"] = AskPassProgram;
            start.Environment["SSH_ASKPASS_REQUIRE"] = "force";
        }

        return start;
    }

    private IEnumerable<string> Options()
    {
        yield return $"ControlPath={ControlSocket}";
        // With a pass phrase it must be able to ask, but only for that.
        yield return $"BatchMode={(File.Exists(AskPassProgram) ? "no" : "yes")}";
        yield return "NumberOfPasswordPrompts=1";
        yield return "PasswordAuthentication=no";
        yield return "KbdInteractiveAuthentication=no";
        yield return "StrictHostKeyChecking=yes";
        yield return $"UserKnownHostsFile=\"{_settings.KnownHosts}\"";
        yield return "GlobalKnownHostsFile=/dev/null";
        yield return "UpdateHostKeys=no";
        yield return "ConnectTimeout=10";
        yield return "ServerAliveInterval=5";
        yield return "ServerAliveCountMax=2";
        yield return "PermitLocalCommand=no";
        yield return "ClearAllForwardings=yes";
        if (_settings.Key is { } key)
        {
            yield return $"IdentityFile=\"{key}\"";
            yield return "IdentitiesOnly=yes";
        }

        // An alias of ssh_config brings these with it.
        if (_settings.User.Length > 0) yield return $"User={_settings.User}";
        if (_settings.SshConfig is null || _settings.Port != HostSettings.SshPort)
            yield return string.Create(CultureInfo.InvariantCulture, $"Port={_settings.Port}");
    }

    /// <summary>A program that prints the pass phrase: the phrase itself is neither in it nor in any argument.</summary>
    private byte[]? AskPass()
    {
        if (_settings.PassphraseFile is { } file)
            return [.. "#!/bin/sh\nexec head -n 1 -- "u8, .. ShellWord.Of(file).Quoted, (byte)'\n'];
        return _settings.PassphraseEnv is { } variable
            ? Encoding.ASCII.GetBytes($"#!/bin/sh\nprintf '%s\\n' \"${{{variable}}}\"\n")
            : null;
    }
}
