using BatchScoring.Core;
using Renci.SshNet.Common;
using Renci.SshNet.Security;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>Decides whether a host is the one that is meant, before anything secret is sent.</summary>
internal sealed class SshNetKeyCheck(HostSettings settings, TimeProvider time)
{
    private readonly KnownHosts _known = KnownHosts.Read(settings.KnownHosts);
    private readonly string _name = KnownHosts.NameOf(settings.Address, settings.Port);

    /// <summary>Why the host was refused; null: it was not.</summary>
    public BatchScoringException? Refusal { get; private set; }

    public bool TakesCertificates => _known.HasAuthority(_name);

    /// <summary>0 for the type of key that is known first, and so on.</summary>
    public int RankOf(string type) => _known.TypesOf(_name).ToList().IndexOf(type) is >= 0 and int rank ? rank : int.MaxValue;

    public void OnKey(object? sender, HostKeyEventArgs shown)
    {
        HostKeyVerdict verdict = _known.Judge(_name, Shown(shown), time.GetUtcNow());
        shown.CanTrust = verdict == HostKeyVerdict.Known;
        if (!shown.CanTrust) Refusal = HostKeyRefusal.Of(verdict, settings, shown.HostKeyName, "SHA256:" + shown.FingerPrintSHA256);
    }

    private static ShownHostKey Shown(HostKeyEventArgs shown)
    {
        string type = SshNetAlgorithms.TypeOf(shown.HostKeyName);
        return shown.Certificate is not { } certificate
            ? new ShownHostKey(type, shown.HostKey)
            : new ShownHostKey(
                type, new KeyHostAlgorithm(type, certificate.Key).Data, certificate.CertificateAuthorityKey,
                [.. certificate.ValidPrincipals], certificate.ValidAfter, certificate.ValidBefore)
            {
                IsForHosts = certificate.Type == Certificate.CertificateType.Host,
            };
    }
}
