using System.Text.RegularExpressions;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>How a host is reached, as <c>hosts:</c> of dispatcher.yaml has it.</summary>
/// <param name="Name">What pipelines call it.</param>
/// <param name="Transport">By what.</param>
/// <param name="Jobs">The folder for jobs on it, which no cleaner of temporary files touches; not absolute: below the user's home.</param>
internal sealed partial record HostSettings(string Name, HostTransport Transport, string Jobs)
{
    public const int SshPort = 22;

    /// <summary>This machine, where nothing else is configured.</summary>
    public static HostSettings Local(string jobs) => new(HostRegistry.Here, HostTransport.Local, jobs);

    /// <summary>Its name or address in the network; for <c>openssh</c> also an alias of <see cref="SshConfig"/>.</summary>
    public string Address { get; init; } = "";

    public int Port { get; init; } = SshPort;

    public string User { get; init; } = "";

    /// <summary>The private key's file. Only <c>openssh</c> may do without: an agent, a hardware key.</summary>
    public string? Key { get; init; }

    /// <summary>A file whose first line is the key's pass phrase.</summary>
    public string? PassphraseFile { get; init; }

    /// <summary>An environment variable that holds the pass phrase.</summary>
    public string? PassphraseEnv { get; init; }

    /// <summary>Variables with pass phrases of other hosts' keys: programs that are started for this host do not get them.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>The keys of hosts, in OpenSSH's format. Nothing is ever added to it.</summary>
    public string KnownHosts { get; init; } = "";

    /// <summary>A configuration file for the <c>ssh</c> program; null: none is read, not even the user's own.</summary>
    public string? SshConfig { get; init; }

    /// <summary>The <c>yarn</c> program with its first words, where the host has a cluster behind it: applications are found and ended by
    /// their tag. Empty: none.</summary>
    public IReadOnlyList<string> Yarn { get; init; } = [];

    /// <summary>Names become words of programs: one that begins with a dash would be an option.</summary>
    /// <exception cref="BatchScoringException"><c>REMOTE_HOST_INVALID</c></exception>
    public void Check()
    {
        if (Jobs.Length == 0 || Jobs.Any(char.IsControl)) throw Invalid("jobs", Jobs, "a folder");
        if (Transport == HostTransport.Local) return;
        if (!NetworkName().IsMatch(Address))
            throw Invalid("address", Address, "a name or an address: letters, digits, '.', ':', '_' and '-'");
        if (User.Length > 0 ? !UserName().IsMatch(User) : SshConfig is null)
            throw Invalid("user", User, "a user's name: letters, digits, '.', '_', '@', '$' and '-'");
        if (Port is < 1 or > 65535) throw Invalid("port", $"{Port}", "1 to 65535");
        if (KnownHosts.Length == 0) throw Invalid("known_hosts", "", "a file in OpenSSH's format");
        foreach (string path in new[] { KnownHosts, Key ?? "", SshConfig ?? "" })
            if (path.Any(c => char.IsControl(c) || c == '"')) throw Invalid("path", path, "a path without quotes and control characters");
        if (PassphraseEnv is { } variable && !Variable().IsMatch(variable)) throw Invalid("passphrase_env", variable, "a variable's name");
    }

    /// <summary>For messages: <c>edge (scoring@edge1.bank:22)</c>.</summary>
    public string Where => Transport == HostTransport.Local ? Name : $"{Name} ({(User.Length > 0 ? User + "@" : "")}{Address}:{Port})";

    private BatchScoringException Invalid(string key, string value, string allowed) => new(RemoteErrors.HostInvalid,
        $"Host '{Name}' cannot be used: {key}: '{value}'. Allowed is {allowed}.");

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._:-]*\z", RegexOptions.None, 1000)]
    private static partial Regex NetworkName();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._@$-]*\z", RegexOptions.None, 1000)]
    private static partial Regex UserName();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.None, 1000)]
    private static partial Regex Variable();
}

/// <summary>By what a host is reached.</summary>
internal enum HostTransport
{
    /// <summary>This machine.</summary>
    Local,

    /// <summary>SSH.NET: no program needed.</summary>
    SshNet,

    /// <summary>The <c>ssh</c> and <c>sftp</c> programs: ssh_config, ProxyJump, agents, hardware keys, GSSAPI.</summary>
    OpenSsh,
}
