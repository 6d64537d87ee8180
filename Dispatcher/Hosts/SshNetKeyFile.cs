using BatchScoring.Core;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>Opens a private key for SSH.NET.</summary>
internal static class SshNetKeyFile
{
    /// <exception cref="BatchScoringException"><c>REMOTE_KEY_FILE_RIGHTS</c>, <c>REMOTE_KEY_FILE_INVALID</c></exception>
    public static PrivateKeyFile Open(HostSettings settings)
    {
        string path = settings.Key ?? throw KeyFile.Invalid(
            $"{settings.Where} has no `key:`. Without one use `transport: openssh`, which knows agents and hardware keys.");
        KeyFile.Require(path);
        string? passphrase = KeyFile.Passphrase(settings);
        try
        {
            // As OpenSSH does it: a certificate lies beside its key.
            string certificate = path + "-cert.pub";
            return File.Exists(certificate)
                ? new PrivateKeyFile(path, passphrase, certificate)
                : new PrivateKeyFile(path, passphrase);
        }
        catch (SshPassPhraseNullOrEmptyException e)
        {
            throw KeyFile.Invalid($"{path} has a pass phrase: name `passphrase_file:` or `passphrase_env:`.", e);
        }
        catch (Exception e) when (e is SshException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            throw KeyFile.Invalid($"{path}: {e.Message}{(passphrase is null ? "" : " The pass phrase may be wrong.")}", e);
        }
    }
}
