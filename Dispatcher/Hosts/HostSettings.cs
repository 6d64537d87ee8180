namespace BatchScoring.Dispatcher.Hosts;

/// <summary>How a host is reached, as <c>hosts:</c> of dispatcher.yaml has it.</summary>
/// <param name="Name">What pipelines call it.</param>
/// <param name="Transport">By what.</param>
/// <param name="Jobs">The folder for jobs on it, which no cleaner of temporary files touches; not absolute: below the user's home.</param>
internal sealed record HostSettings(string Name, HostTransport Transport, string Jobs)
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

    /// <summary>The keys of hosts, in OpenSSH's format. Nothing is ever added to it.</summary>
    public string KnownHosts { get; init; } = "";

    /// <summary>A configuration file for the <c>ssh</c> program; null: none is read, not even the user's own.</summary>
    public string? SshConfig { get; init; }

    /// <summary>The <c>yarn</c> program with its first words, where the host has a cluster behind it: applications are found and ended by
    /// their tag. Empty: none.</summary>
    public IReadOnlyList<string> Yarn { get; init; } = [];

    /// <summary>For messages: <c>edge (scoring@edge1.bank:22)</c>.</summary>
    public string Where => Transport == HostTransport.Local ? Name : $"{Name} ({(User.Length > 0 ? User + "@" : "")}{Address}:{Port})";
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
