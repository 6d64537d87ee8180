using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>What a person is told when a host is not the one that is known: the error, what was shown, and how to look.</summary>
internal static class HostKeyRefusal
{
    /// <param name="verdict">What the known hosts file says.</param>
    /// <param name="settings">The host.</param>
    /// <param name="type">The type of the key that it has shown.</param>
    /// <param name="fingerprint">Its fingerprint, as <c>ssh-keygen -l</c> prints it.</param>
    public static BatchScoringException Of(HostKeyVerdict verdict, HostSettings settings, string type, string fingerprint)
    {
        string shown = $"{settings.Where} shows {type} {fingerprint}", file = settings.KnownHosts;
        string scan = $"ssh-keyscan -p {settings.Port} {settings.Address}";
        return verdict switch
        {
            HostKeyVerdict.Revoked => new BatchScoringException(RemoteErrors.KeyRevoked,
                $"{shown}, which {file} marks as revoked. Nothing was sent to it. Ask its administrator for its new key."),
            HostKeyVerdict.Changed => new BatchScoringException(RemoteErrors.KeyChanged,
                $"{shown}, and {file} has another key for it. Nothing was sent to it. Ask its administrator whether it was set up anew; if "
                + $"so, replace its line by what this prints, once the fingerprints agree: {scan}"),
            _ => new BatchScoringException(RemoteErrors.KeyUnknown,
                $"{shown}, and {file} has no such key for it. Nothing was sent to it. Compare that fingerprint with the administrator's, "
                + $"then run: {scan} >> {file}"),
        };
    }
}
