using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// The keys that hosts are known by: a file in OpenSSH's format (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). It is only read: a key that is
/// not in it is for a person to compare and to add.
/// </summary>
internal sealed class KnownHosts
{
    private readonly KnownHostsLine[] _lines;

    private KnownHosts(IEnumerable<string> lines) => _lines = [.. lines.Select(KnownHostsLine.Parse).OfType<KnownHostsLine>()];

    /// <exception cref="BatchScoringException"><c>REMOTE_KNOWN_HOSTS_INVALID</c></exception>
    public static KnownHosts Read(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
                throw Invalid($"others may write to {path}, so anybody may add keys to it. Run: chmod go-w {path}", null);
            return new KnownHosts(File.ReadLines(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"{path} cannot be read: {e.Message}", e);
        }
    }

    public static KnownHosts Parse(string text) => new(text.Split('\n'));

    /// <summary>How the file names a host: ports other than SSH's own are part of the name.</summary>
    public static string NameOf(string host, int port) =>
        port == HostSettings.SshPort ? host.ToLowerInvariant() : $"[{host.ToLowerInvariant()}]:{port}";

    /// <summary>
    /// Types of the keys that the file has for a host, in its order. A server is asked for these first, because another of its keys would
    /// look like an unknown host.
    /// </summary>
    public IReadOnlyList<string> TypesOf(string name) =>
    [
        .. _lines.Where(line => line.Mark == KnownHostsMark.None && line.IsFor(name)).Select(line => line.Type)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>True when a host of that name may show a certificate.</summary>
    public bool HasAuthority(string name) => _lines.Any(line => line.Mark == KnownHostsMark.Authority && line.IsFor(name));

    /// <summary>What the file says of a key that a host has shown.</summary>
    public HostKeyVerdict Judge(string name, ShownHostKey shown, DateTimeOffset now)
    {
        KnownHostsLine[] lines = [.. _lines.Where(line => line.IsFor(name))];
        if (lines.Any(line => line.Mark == KnownHostsMark.Revoked && (Has(line, shown.Key) || Has(line, shown.Authority))))
            return HostKeyVerdict.Revoked;
        if (shown.Authority is not null)
        {
            bool known = lines.Any(line => line.Mark == KnownHostsMark.Authority && Has(line, shown.Authority));
            return known && shown.IsValid(name, now) ? HostKeyVerdict.Known : HostKeyVerdict.Unknown;
        }

        KnownHostsLine[] plain = [.. lines.Where(line => line.Mark == KnownHostsMark.None)];
        if (plain.Any(line => Has(line, shown.Key))) return HostKeyVerdict.Known;
        return plain.Any(line => line.Type == shown.Type) ? HostKeyVerdict.Changed : HostKeyVerdict.Unknown;
    }

    // The keys themselves and not their fingerprints.
    private static bool Has(KnownHostsLine line, byte[]? key) => key is not null && line.Key.AsSpan().SequenceEqual(key);

    private static BatchScoringException Invalid(string text, Exception? inner) =>
        new(RemoteErrors.KnownHostsInvalid, $"The known hosts file cannot be used: {text}", inner);
}

internal enum HostKeyVerdict
{
    Known,
    Unknown,

    /// <summary>The file has another key of this type for the host.</summary>
    Changed,
    Revoked,
}

/// <summary>The key that a host has shown.</summary>
/// <param name="Type">Its type as known hosts files name it: <c>ssh-ed25519</c>.</param>
/// <param name="Key">Its bytes; of a certificate, the key in it.</param>
/// <param name="Authority">The key that has signed its certificate; null: it is no certificate.</param>
/// <param name="Principals">Names that the certificate is for.</param>
/// <param name="From">Since when the certificate is valid.</param>
/// <param name="Until">Until when.</param>
internal sealed record ShownHostKey(
    string Type, byte[] Key, byte[]? Authority = null, IReadOnlyList<string>? Principals = null, DateTimeOffset From = default,
    DateTimeOffset Until = default)
{
    public bool IsForHosts { get; init; } = true;

    /// <summary>A certificate names hosts without ports; one that names none is for no host here.</summary>
    public bool IsValid(string name, DateTimeOffset now)
    {
        string host = name.StartsWith('[') ? name[1..name.IndexOf(']', StringComparison.Ordinal)] : name;
        return IsForHosts && From <= now && now < Until
            && Principals!.Any(principal => KnownHostsLine.Matches(principal.ToLowerInvariant(), host));
    }
}
