using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>Whom a host by SSH trusts, and how it gets in: the same for every transport.</summary>
public abstract class SshLoginContract : IClassFixture<SshServer>, IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly SshServer _server;

    protected SshLoginContract(SshServer server)
    {
        SshServer.Require();
        _server = server;
    }

    private protected abstract HostTransport Transport { get; }

    private protected HostSettings Settings => _server.Settings(_folder.File("jobs"), Transport);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableFact]
    public async Task KeyOfNoLine_IsRefusedWithTheLineAndTheFingerprintToCompare()
    {
        BatchScoringException error = await RefusedBeforeTheLoginAsync("REMOTE_KEY_UNKNOWN", "# nothing\n");
        string fingerprint = SshServer.Run("ssh-keygen", "-l", "-f", _server.PathOf("host_ed25519.pub")).Split(' ')[1];
        error.Message.ShouldContain(fingerprint);
        error.Message.ShouldContain($"ssh-keyscan -p {_server.Port} 127.0.0.1 >> {_folder.File("known")}");
        File.ReadAllText(_folder.File("known")).ShouldBe("# nothing\n");
    }

    [SkippableFact]
    public async Task OtherKeyThanTheKnownOne_IsRefused()
    {
        string other = File.ReadAllText(_server.MakeKey(Path.GetRandomFileName(), "ed25519") + ".pub");
        BatchScoringException error = await RefusedBeforeTheLoginAsync("REMOTE_KEY_CHANGED", $"[127.0.0.1]:{_server.Port} {other}");
        error.Message.ShouldContain("SHA256:");
    }

    [SkippableFact]
    public Task RevokedKey_IsRefused() => RefusedBeforeTheLoginAsync(
        "REMOTE_KEY_REVOKED", _server.KnownHostsText("ed25519") + $"@revoked * {File.ReadAllText(_server.PathOf("host_ed25519.pub"))}");

    [SkippableTheory]
    [InlineData("rsa")]
    [InlineData("ecdsa")]
    [InlineData("ed25519")]
    public async Task OneKnownKeyOfSeveral_IsAskedFor(string type) => await InAsync(Known(_server.KnownHostsText(type)));

    [SkippableFact]
    public async Task HashedName_IsKnown()
    {
        HostSettings settings = Known(_server.KnownHostsText("ed25519"));
        SshServer.Run("ssh-keygen", "-q", "-H", "-f", settings.KnownHosts);
        await InAsync(settings);
    }

    [SkippableFact]
    public async Task Certificate_OfAKnownAuthority_IsTrustedForItsPrincipalsOnly()
    {
        string authority = _server.MakeKey("ca_" + Path.GetRandomFileName(), "ed25519");
        string known = $"@cert-authority [127.0.0.1]:* {File.ReadAllText(authority + ".pub")}";
        await CertifiedAsync("127.0.0.1", () => InAsync(Known(known)));
        await CertifiedAsync("another.host", () => RefusedBeforeTheLoginAsync("REMOTE_KEY_UNKNOWN", known));

        Task CertifiedAsync(string principal, Func<Task> act)
        {
            SshServer.Run("ssh-keygen", "-q", "-s", authority, "-I", "edge", "-h", "-n", principal, _server.PathOf("host_ed25519.pub"));
            return ConfiguredAsync($"HostCertificate {_server.PathOf("host_ed25519-cert.pub")}", act);
        }
    }

    [SkippableTheory]
    [InlineData("KexAlgorithms diffie-hellman-group14-sha1,diffie-hellman-group1-sha1")]
    [InlineData("HostKeyAlgorithms ssh-rsa")]
    [InlineData("Ciphers aes128-cbc,3des-cbc")]
    [InlineData("MACs hmac-md5\nCiphers aes128-ctr")]
    public Task ServerWithWeakAlgorithmsOnly_IsNotConnectedTo(string weak) => ConfiguredAsync(
        weak, async () => (await RefusedAsync(Settings)).Code.ShouldBe("REMOTE_UNREACHABLE"));

    [SkippableTheory]
    [InlineData("ed25519", "")]
    [InlineData("ecdsa", "")]
    [InlineData("rsa", "")]
    [InlineData("ed25519", "it's a secret $x")]
    public async Task Key_OfEachKind_GetsIn(string type, string passphrase)
    {
        string key = _server.MakeKey(Path.GetRandomFileName(), type, passphrase);
        _server.Authorize(key + ".pub");
        HostSettings settings = Settings with { Key = key };
        if (passphrase.Length == 0)
        {
            await InAsync(settings);
            return;
        }

        File.WriteAllText(_folder.File("phrase"), passphrase + "\n");
        SshServer.Run("chmod", "600", _folder.File("phrase"));
        await InAsync(settings with { PassphraseFile = _folder.File("phrase") });
        Environment.SetEnvironmentVariable("TEST_PASSPHRASE", passphrase);
        await InAsync(settings with { PassphraseEnv = "TEST_PASSPHRASE" });
        File.WriteAllText(_folder.File("phrase"), "canary-wrong\n");
        BatchScoringException error = await RefusedAsync(settings with { PassphraseFile = _folder.File("phrase") });
        error.Code.ShouldBeOneOf("REMOTE_KEY_FILE_INVALID", "REMOTE_LOGIN_REFUSED");
        error.ToString().ShouldNotContain("canary-wrong");
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("a secret")]
    public async Task Certificate_BesideTheKey_GetsIn(string passphrase)
    {
        string authority = _server.MakeKey("ca_" + Path.GetRandomFileName(), "ed25519");
        string key = _server.MakeKey(Path.GetRandomFileName(), "ed25519", passphrase);
        SshServer.Run("ssh-keygen", "-q", "-s", authority, "-I", "dispatcher", "-n", Environment.UserName, key + ".pub");
        File.WriteAllText(_folder.File("phrase"), passphrase + "\n");
        SshServer.Run("chmod", "600", _folder.File("phrase"));
        HostSettings settings = Settings with { Key = key, PassphraseFile = passphrase.Length > 0 ? _folder.File("phrase") : null };
        (await RefusedAsync(settings)).Code.ShouldBe("REMOTE_LOGIN_REFUSED");
        await ConfiguredAsync($"TrustedUserCAKeys {authority}.pub", () => InAsync(settings));
    }

    [SkippableFact]
    public async Task Passphrase_StandsInNoArgumentOfAnyProcess()
    {
        const string Canary = "canary-2f6c1e";
        string key = _server.MakeKey(Path.GetRandomFileName(), "ed25519", Canary);
        _server.Authorize(key + ".pub");
        File.WriteAllText(_folder.File("phrase"), Canary + "\n");
        SshServer.Run("chmod", "600", _folder.File("phrase"));
        await using var hosts = new HostRegistry(
            [HostRegistry.Create(Settings with { Key = key, PassphraseFile = _folder.File("phrase") }, TimeProvider.System)]);
        // The host is this machine: all processes of both ends are seen from there, our own question aside.
        ShellAnswer seen = await hosts.Of("edge").RunAsync(
            new ShellScript("cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | grep -ac canary-2f6c1[e]"),
            Minute, CancellationToken.None);
        seen.Text.Trim().ShouldBe("0");
    }

    [SkippableFact]
    public Task LoginThatPrints_IsNoAnswer() =>
        ConfiguredAsync("ForceCommand echo noise; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"", () => InAsync(Settings));

    [SkippableTheory]
    [InlineData("ForceCommand internal-sftp")]
    [InlineData("ForceCommand echo 'This account is currently not available.'; exit 1")]
    public Task AccountWithoutAShell_IsToldAndNotTriedAgain(string lines) => ConfiguredAsync(lines, async () =>
    {
        BatchScoringException error = await RefusedAsync(Settings);
        error.Code.ShouldBe("REMOTE_SHELL_REFUSED");
        error.Transient.ShouldBeFalse();
    });

    [SkippableFact]
    public async Task KeyThatTheHostDoesNotKnow_IsRefusedThere()
    {
        BatchScoringException error = await RefusedAsync(Settings with { Key = _server.MakeKey(Path.GetRandomFileName(), "ed25519") });
        error.Code.ShouldBe("REMOTE_LOGIN_REFUSED");
        error.Transient.ShouldBeFalse();
    }

    [SkippableFact]
    public async Task KeyFile_ThatOthersMayRead_IsRefusedHere()
    {
        string key = _server.MakeKey(Path.GetRandomFileName(), "ed25519");
        SshServer.Run("chmod", "644", key);
        BatchScoringException error = await RefusedAsync(Settings with { Key = key });
        error.Code.ShouldBe("REMOTE_KEY_FILE_RIGHTS");
        error.Message.ShouldContain($"chmod 600 {key}");
    }

    [SkippableFact]
    public async Task KeyFile_ThatIsNotThere_IsNamed() =>
        (await RefusedAsync(Settings with { Key = _folder.File("none") })).Code.ShouldBe("REMOTE_KEY_FILE_INVALID");

    [SkippableFact]
    public async Task PortWithoutAServer_IsUnreachableForNow()
    {
        int port = FreePorts.Take(1)[0];
        BatchScoringException error = await RefusedAsync(Settings with { Port = port });
        error.Code.ShouldBe("REMOTE_UNREACHABLE");
        error.Transient.ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData("-oProxyCommand=touch hit", "root")]
    [InlineData("host", "-oProxyCommand=touch hit")]
    [InlineData("a b", "root")]
    [InlineData("", "root")]
    public void Names_ThatWouldBeOptions_AreRefused(string address, string user) => Should.Throw<BatchScoringException>(
        () => HostRegistry.Create(Settings with { Address = address, User = user }, TimeProvider.System))
        .Code.ShouldBe("REMOTE_HOST_INVALID");

    private async Task ConfiguredAsync(string lines, Func<Task> act)
    {
        _server.Kill();
        _server.More = lines;
        _server.Start();
        try
        {
            await act();
        }
        finally
        {
            _server.Kill();
            _server.More = "";
            _server.Start();
        }
    }

    private async Task<BatchScoringException> RefusedBeforeTheLoginAsync(string code, string known)
    {
        int logged = _server.Log().Length;
        BatchScoringException error = await RefusedAsync(Known(known));
        error.Code.ShouldBe(code);
        error.Transient.ShouldBeFalse();
        // The server has heard of no user, of no key and of no command.
        string log = _server.Log()[logged..];
        log.ShouldContain("Connection from 127.0.0.1");
        log.ShouldNotContain("userauth-request");
        return error;
    }

    private HostSettings Known(string lines)
    {
        File.WriteAllText(_folder.File("known"), lines);
        return Settings with { KnownHosts = _folder.File("known") };
    }

    private protected static async Task InAsync(HostSettings settings)
    {
        await using var hosts = new HostRegistry([HostRegistry.Create(settings, TimeProvider.System)]);
        (await hosts.Of("edge").RunAsync(new ShellScript("echo in"), Minute, CancellationToken.None)).Text.ShouldBe("in\n");
    }

    private static Task<BatchScoringException> RefusedAsync(HostSettings settings) =>
        Should.ThrowAsync<BatchScoringException>(() => InAsync(settings));
}

public sealed class SshNetLoginTests(SshServer server) : SshLoginContract(server)
{
    private protected override HostTransport Transport => HostTransport.SshNet;
}

public sealed class OpenSshLoginTests(SshServer server) : SshLoginContract(server)
{
    private readonly SshServer _server = server;

    private protected override HostTransport Transport => HostTransport.OpenSsh;

    private HostSettings Configured =>
        Settings with { Address = "inner", Port = 22, User = "", Key = null, SshConfig = _server.PathOf("config") };

    [SkippableFact]
    public async Task ProxyJump_OfSshConfig_IsTaken()
    {
        File.WriteAllText(_server.PathOf("config"), Alias("jump") + Alias("inner") + "  ProxyJump jump\n");
        int logged = _server.Log().Length;
        await InAsync(Configured);
        _server.Log()[logged..].ShouldContain("server_request_direct_tcpip");
    }

    [SkippableFact]
    public async Task Agent_HoldsTheKey()
    {
        string key = _server.MakeKey(Path.GetRandomFileName(), "ed25519"), socket = _server.PathOf("agent");
        _server.Authorize(key + ".pub");
        string agent = SshServer.Run("ssh-agent", "-s", "-a", socket);
        try
        {
            SshServer.Run("env", $"SSH_AUTH_SOCK={socket}", "ssh-add", "-q", key);
            File.Delete(key);
            File.WriteAllText(_server.PathOf("config"), Alias("inner", $"IdentityAgent {socket}"));
            await InAsync(Configured);
        }
        finally
        {
            SshServer.Run("kill", agent.Split("SSH_AGENT_PID=")[1].Split(';')[0]);
        }
    }

    private string Alias(string name, string? identity = null) => $"""
        Host {name}
          HostName 127.0.0.1
          Port {_server.Port}
          UserKnownHostsFile {_server.KnownHosts}
          {identity ?? $"IdentityFile {_server.UserKey}"}

        """;
}
