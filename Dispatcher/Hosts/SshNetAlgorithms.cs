using Renci.SshNet;
using Renci.SshNet.Security;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>What SSH.NET may agree on with a server.</summary>
internal static class SshNetAlgorithms
{
    /// <summary>Also how long a new command waits in a link that swallows everything, whatever token it was given.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const string Certificate = "-cert-v01@openssh.com";

    /// <summary>
    /// Takes away what is broken or nearly so, and asks first for those keys that are known of the host: a server that shows another one of
    /// its keys would look like a stranger.
    /// </summary>
    public static void Restrict(ConnectionInfo info, SshNetKeyCheck check)
    {
        foreach (string weak in info.KeyExchangeAlgorithms.Keys.Where(IsWeak).ToArray()) info.KeyExchangeAlgorithms.Remove(weak);
        foreach (string weak in info.HmacAlgorithms.Keys.Where(IsWeak).ToArray()) info.HmacAlgorithms.Remove(weak);
        foreach (string weak in info.Encryptions.Keys.Where(IsWeak).ToArray()) info.Encryptions.Remove(weak);
        KeyValuePair<string, Func<byte[], KeyHostAlgorithm>>[] keys = [.. info.HostKeyAlgorithms.Where(pair => !IsWeak(pair.Key))];
        info.HostKeyAlgorithms.Clear();
        foreach ((string name, Func<byte[], KeyHostAlgorithm> make) in keys
            .Where(pair => check.TakesCertificates || !IsCertificate(pair.Key))
            .OrderBy(pair => IsCertificate(pair.Key) ? -1 : check.RankOf(TypeOf(pair.Key))))
            info.HostKeyAlgorithms.Add(name, make);
    }

    /// <summary>The type that known hosts files name: an RSA key has one type and several ways to sign.</summary>
    public static string TypeOf(string algorithm) =>
        algorithm.StartsWith("rsa-sha2-", StringComparison.Ordinal)
            ? "ssh-rsa"
            : algorithm.Replace(Certificate, "", StringComparison.Ordinal);

    private static bool IsCertificate(string algorithm) => algorithm.EndsWith(Certificate, StringComparison.Ordinal);

    private static bool IsWeak(string algorithm) =>
        algorithm is "ssh-rsa" or "ssh-rsa" + Certificate or "ssh-dss" || algorithm.Contains("sha1", StringComparison.Ordinal)
        || algorithm.Contains("md5", StringComparison.Ordinal) || algorithm.Contains("cbc", StringComparison.Ordinal)
        || algorithm.Contains("arcfour", StringComparison.Ordinal) || algorithm.Contains("ripemd", StringComparison.Ordinal);
}
