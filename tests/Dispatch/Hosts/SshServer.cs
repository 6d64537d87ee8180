using System.Diagnostics;
using System.Net.Sockets;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>Debian's sshd as a child process of this user, with keys and a configuration of its own, on a free port.</summary>
public sealed class SshServer : IDisposable
{
    private const string Program = "/usr/sbin/sshd";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _keys;
    private Process? _process;

    public SshServer()
        : this(["ed25519", "ecdsa", "rsa"])
    {
    }

    /// <param name="keys">Types of its own keys.</param>
    internal SshServer(string[] keys)
    {
        _keys = keys;
        if (!File.Exists(Program)) return;
        foreach (string type in keys) MakeKey("host_" + type, type);
        UserKey = MakeKey("user", "ed25519");
        File.Copy(UserKey + ".pub", _folder.File("authorized_keys"));
        Port = FreePorts.Take(1)[0];
        File.WriteAllText(KnownHosts, KnownHostsText(keys));
        Start();
    }

    public int Port { get; }

    public string UserKey { get; } = "";

    public string KnownHosts => _folder.File("known_hosts");

    /// <summary>More lines for its configuration; they hold from the next start on.</summary>
    public string More { get; set; } = "";

    /// <summary>A skipped test with the reason where there is none; in CI a failed one.</summary>
    public static void Require()
    {
        string reason = $"{Program} is missing: install openssh-server.";
        if (!File.Exists(Program) && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(reason);
        Skip.If(!File.Exists(Program), reason);
    }

    public static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {errors.Result}");
    }

    public string PathOf(string name) => _folder.File(name);

    /// <summary>A new key pair; the private one's path.</summary>
    public string MakeKey(string name, string type, string passphrase = "", params string[] more)
    {
        Run("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-f", _folder.File(name), .. more]);
        return _folder.File(name);
    }

    /// <summary>Lets a further key in.</summary>
    public void Authorize(string publicKeyFile) =>
        File.AppendAllText(_folder.File("authorized_keys"), File.ReadAllText(publicKeyFile));

    /// <summary>What a known hosts file would say of the server's keys of these types.</summary>
    public string KnownHostsText(params string[] types) =>
        string.Concat(types.Select(type => $"[127.0.0.1]:{Port} {File.ReadAllText(_folder.File($"host_{type}.pub"))}"));

    /// <summary>How a host reaches it.</summary>
    internal HostSettings Settings(string jobs, HostTransport transport) => new("edge", transport, jobs)
    {
        Address = "127.0.0.1",
        Port = Port,
        User = Environment.UserName,
        Key = UserKey,
        KnownHosts = KnownHosts,
    };

    public void Start()
    {
        // Debian's needs that folder when root starts it.
        if (Environment.UserName == "root") Directory.CreateDirectory("/run/sshd");
        // A shell that believes to be within another reads no start files: what a developer's does would be done for every command.
        File.WriteAllText(_folder.File("sshd_config"), $"""
            SetEnv SHLVL=1
            ListenAddress 127.0.0.1:{Port}
            {string.Join('\n', _keys.Select(type => "HostKey " + _folder.File("host_" + type)))}
            AuthorizedKeysFile {_folder.File("authorized_keys")}
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            StrictModes no
            UsePAM no
            PidFile none
            LogLevel DEBUG1
            MaxStartups 100
            Subsystem sftp internal-sftp
            {More}
            """);
        _process = Process.Start(new ProcessStartInfo("/bin/sh",
            ["-c", "exec \"$0\" -D -f \"$1\" -E \"$2\"", Program, _folder.File("sshd_config"), _folder.File("log")])
        {
            UseShellExecute = false,
        })!;
        long from = Stopwatch.GetTimestamp();
        while (!Answers())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(from) > Limit)
                throw new InvalidOperationException($"sshd does not start:\n{File.ReadAllText(_folder.File("log"))}");
            Thread.Yield();
        }
    }

    /// <summary>Ends it with all its connections, as a power cut does. What sessions have started in sessions of their own stays.</summary>
    public void Kill()
    {
        if (_process is null) return;
        // Stopped first, so that it makes no more of them.
        var server = LinuxProcess.Read(_process.Id);
        server?.Signal("STOP");
        LinuxProcess[] sessions = [.. LinuxProcess.Descendants(_process.Id).Where(each => each.Name == "sshd")];
        foreach (LinuxProcess session in sessions) session.Signal("KILL");
        _process.Kill();
        _process.WaitForExit();
        long from = Stopwatch.GetTimestamp();
        while (sessions.Any(session => session.IsAlive) && Stopwatch.GetElapsedTime(from) < Limit) Thread.Yield();
        _process = null;
    }

    /// <summary>Everything that it has logged.</summary>
    public string Log() => File.ReadAllText(_folder.File("log"));

    public void Dispose()
    {
        Kill();
        _folder.Dispose();
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
