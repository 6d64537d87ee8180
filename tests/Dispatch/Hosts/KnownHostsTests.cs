using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>Against ssh-keygen where it has an opinion, and against the manual's rules elsewhere.</summary>
public sealed class KnownHostsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 6, 0, 0, TimeSpan.Zero);

    private static readonly string Key = MakeKey("ed25519"), Other = MakeKey("ed25519"), Rsa = MakeKey("rsa");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("edge1.bank", "edge1.bank", 22, true)]
    [InlineData("EDGE1.bank", "edge1.BANK", 22, true)]
    [InlineData("a,edge1.bank,10.0.0.1", "10.0.0.1", 22, true)]
    [InlineData("*.bank", "edge1.bank", 22, true)]
    [InlineData("edge?.bank", "edge1.bank", 22, true)]
    [InlineData("edge?.bank", "edge10.bank", 22, false)]
    [InlineData("*.bank,!edge1.bank", "edge1.bank", 22, false)]
    [InlineData("!edge1.bank,*.bank", "edge1.bank", 22, false)]
    [InlineData("!edge1.bank,*.bank", "edge2.bank", 22, true)]
    [InlineData("[edge1.bank]:2222", "edge1.bank", 2222, true)]
    [InlineData("[*.bank]:2222", "edge1.bank", 2222, true)]
    [InlineData("[edge1.bank]:2222", "edge1.bank", 22, false)]
    [InlineData("edge1.bank", "edge1.bank", 2222, false)]
    [InlineData("edge1", "edge1.bank", 22, false)]
    public void Names_OfALine_AreForTheseHosts(string names, string host, int port, bool known) =>
        Judge($"{names} {Key}", Key, host, port).ShouldBe(known ? HostKeyVerdict.Known : HostKeyVerdict.Unknown);

    [Theory]
    [InlineData(22)]
    [InlineData(2222)]
    public void Hashed_BySshKeygen_IsFound(int port)
    {
        File.WriteAllText(_folder.File("known"), $"{KnownHosts.NameOf("edge1.bank", port)} {Key}\n");
        SshServer.Run("ssh-keygen", "-q", "-H", "-f", _folder.File("known"));
        string hashed = File.ReadAllText(_folder.File("known"));
        hashed.ShouldStartWith("|1|");
        Judge(hashed, Key, "edge1.bank", port).ShouldBe(HostKeyVerdict.Known);
        Judge(hashed, Key, "edge2.bank", port).ShouldBe(HostKeyVerdict.Unknown);
        Judge(hashed, Other, "edge1.bank", port).ShouldBe(HostKeyVerdict.Changed);
    }

    [Fact]
    public void Key_OfAnotherLine_IsChangedUnlessOneFits()
    {
        Judge($"edge {Other}", Key, "edge").ShouldBe(HostKeyVerdict.Changed);
        Judge($"edge {Other}\nedge {Key}", Key, "edge").ShouldBe(HostKeyVerdict.Known);
        Judge($"edge {Rsa}", Key, "edge").ShouldBe(HostKeyVerdict.Unknown);
    }

    [Theory]
    [InlineData("edge {0}\n@revoked * {0}")]
    [InlineData("@revoked edge {0}\nedge {0}")]
    public void Revoked_WinsWhereverItStands(string lines) =>
        Judge(string.Format(lines, Key), Key, "edge").ShouldBe(HostKeyVerdict.Revoked);

    [Theory]
    [InlineData("# edge {0}")]
    [InlineData("@future-mark edge {0}")]
    [InlineData("edge")]
    [InlineData("edge ssh-ed25519")]
    [InlineData("edge ssh-rsa {1}")]
    [InlineData("edge ssh-ed25519 AAAA")]
    [InlineData("edge ssh-ed25519 not/base64!")]
    [InlineData("|1|not a hash {0}")]
    [InlineData("|1|x|y {0}")]
    public void Line_ThatIsNone_IsPassedOver(string line) =>
        Judge(string.Format(line, Key, Key.Split(' ')[1]), Key, "edge").ShouldBe(HostKeyVerdict.Unknown);

    [Fact]
    public void Comment_AndBlanks_AreNoPartOfTheKey() =>
        Judge($"   edge\t{Key} set up by hand # 2026\r\n", Key, "edge").ShouldBe(HostKeyVerdict.Known);

    [Theory]
    [InlineData("edge1.bank", "edge1.bank", 0, 24, true, "Known")]
    [InlineData("*.bank", "edge1.bank", 0, 24, true, "Known")]
    [InlineData("edge2.bank", "edge1.bank", 0, 24, true, "Unknown")]
    [InlineData("", "edge1.bank", 0, 24, true, "Unknown")]
    [InlineData("edge1.bank", "edge1.bank", 1, 24, true, "Unknown")]
    [InlineData("edge1.bank", "edge1.bank", -24, 0, true, "Unknown")]
    [InlineData("edge1.bank", "edge1.bank", 0, 24, false, "Unknown")]
    public void Certificate_IsForItsPrincipalsAndItsTimeOfHostsOnly(
        string principals, string host, int from, int until, bool forHosts, string verdict)
    {
        var known = KnownHosts.Parse($"@cert-authority *.bank {Other}");
        known.HasAuthority("edge1.bank").ShouldBeTrue();
        known.HasAuthority("edge1.shop").ShouldBeFalse();
        var shown = new ShownHostKey("ssh-ed25519", Bytes(Key), Bytes(Other),
            principals.Split(',', StringSplitOptions.RemoveEmptyEntries), Now.AddHours(from), Now.AddHours(until))
        {
            IsForHosts = forHosts,
        };
        known.Judge(host, shown, Now).ToString().ShouldBe(verdict);
    }

    [Fact]
    public void Certificate_OfAnotherAuthorityOrARevokedOne_IsRefused()
    {
        var shown = new ShownHostKey("ssh-ed25519", Bytes(Key), Bytes(Other), ["edge"], Now, Now.AddHours(1));
        KnownHosts.Parse($"@cert-authority * {Rsa}").Judge("edge", shown, Now).ShouldBe(HostKeyVerdict.Unknown);
        KnownHosts.Parse($"edge {Other}").Judge("edge", shown, Now).ShouldBe(HostKeyVerdict.Unknown);
        KnownHosts.Parse($"@cert-authority * {Other}\n@revoked * {Other}").Judge("edge", shown, Now).ShouldBe(HostKeyVerdict.Revoked);
        KnownHosts.Parse($"@cert-authority * {Other}\n@revoked * {Key}").Judge("edge", shown, Now).ShouldBe(HostKeyVerdict.Revoked);
    }

    [Fact]
    public void Types_OfAHost_StandInTheFilesOrder() =>
        KnownHosts.Parse($"edge {Rsa}\nedge {Key}\nother {Other}").TypesOf("edge").ShouldBe(["ssh-rsa", "ssh-ed25519"]);

    [Fact]
    public void File_ThatIsNotThereOrThatOthersMayWrite_IsRefused()
    {
        Should.Throw<BatchScoringException>(() => KnownHosts.Read(_folder.File("none"))).Code.ShouldBe("REMOTE_KNOWN_HOSTS_INVALID");
        File.WriteAllText(_folder.File("open"), "");
        SshServer.Run("chmod", "666", _folder.File("open"));
        Should.Throw<BatchScoringException>(() => KnownHosts.Read(_folder.File("open"))).Message.ShouldContain("chmod go-w");
    }

    private static HostKeyVerdict Judge(string lines, string key, string host, int port = 22) =>
        KnownHosts.Parse(lines).Judge(KnownHosts.NameOf(host, port), new ShownHostKey(key.Split(' ')[0], Bytes(key)), Now);

    private static byte[] Bytes(string key) => Convert.FromBase64String(key.Split(' ')[1]);

    /// <summary>Type and key of a fresh public key.</summary>
    private static string MakeKey(string type)
    {
        using var folder = new TemporaryFolder();
        SshServer.Run("ssh-keygen", "-q", "-t", type, "-N", "", "-f", folder.File("key"));
        return string.Join(' ', File.ReadAllText(folder.File("key.pub")).Split(' ')[..2]);
    }
}
