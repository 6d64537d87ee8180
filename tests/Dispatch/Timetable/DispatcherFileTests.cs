using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Timetable;

public sealed class DispatcherFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("dispatcher.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_All_PathsCountFromTheFile()
    {
        DispatcherSettings settings = Read("""
            name: scoring
            ledger: state/ledger.db
            programs: {batch-score: ../bin/batch-score}
            hosts:
              edge: {address: edge1.bank, user: scoring, key: keys/id, passphrase_env: PHRASE, known_hosts: hosts, port: 2222, yarn: yarn}
              jump: {transport: openssh, address: jump, known_hosts: hosts, ssh_config: ssh.conf, jobs: /srv/jobs}
            page: {listen: "[::1]:9000", token_file: page.token, address: https://scoring.bank.example, user_header: X-User, proxy: "::1"}
            mail:
              from: Scoring <scoring@bank.example>
              smtp: {host: mail.bank.example, tls: implicit, user: scoring, password_file: mail.password, timeout: 30s}
              webhook: {url: https://chat.bank.example/hook, on: failed}
              digest: {at: 07:30, zone: Europe/Berlin}
              alarms: ops@bank.example
            maintenance: [{from: 2027-03-28 02:30, until: 2027-03-28 06:00, zone: Europe/Berlin, reason: New switches}]
            """);

        (settings.Name, settings.Ledger, settings.Pipelines).ShouldBe(
            ("scoring", _folder.File("state", "ledger.db"), _folder.File("pipelines")));
        settings.BatchScore.ShouldBe(Path.GetFullPath("../bin/batch-score", _folder.Path));
        settings.Hosts.Select(host => host.Name).ShouldBe(["edge", "jump", "local"]);
        HostSettings edge = settings.Hosts[0];
        (edge.Transport, edge.Where, edge.Key, edge.PassphraseEnv).ShouldBe(
            (HostTransport.SshNet, "edge (scoring@edge1.bank:2222)", _folder.File("keys", "id"), "PHRASE"));
        edge.Yarn.ShouldBe(["yarn"]);
        (settings.Hosts[1].Transport, settings.Hosts[1].SshConfig, settings.Hosts[1].Jobs).ShouldBe(
            (HostTransport.OpenSsh, _folder.File("ssh.conf"), "/srv/jobs"));
        (settings.Page.Listen.ToString(), settings.Page.TokenFile).ShouldBe(("[::1]:9000", _folder.File("page.token")));
        (settings.Page.Address!.Host, settings.Page.Users).ShouldBe(
            ("scoring.bank.example", new ProxyUsers("X-User", System.Net.IPAddress.IPv6Loopback)));
        MailSettings mail = settings.Mail.ShouldNotBeNull();
        (mail.From, mail.Smtp!.EffectivePort, mail.Smtp.PasswordFile, mail.Smtp.Timeout).ShouldBe(
            ("Scoring <scoring@bank.example>", 465, _folder.File("mail.password"), TimeSpan.FromSeconds(30)));
        mail.Webhook!.On.ShouldBe([MailOccasion.Failed]);
        (mail.Digest!.At, mail.Alarms!.Single(), mail.Page!.Host).ShouldBe(
            (new TimeOnly(7, 30), "ops@bank.example", "scoring.bank.example"));
        Maintenance maintenance = settings.Maintenance.ShouldHaveSingleItem();
        maintenance.From.ShouldBe(new DateTimeOffset(2027, 3, 28, 3, 0, 0, TimeSpan.FromHours(2))); // 02:30 is left out that night
    }

    [Fact]
    public void Read_LittleSaid_IsThisMachineAndLoopback()
    {
        DispatcherSettings settings = Read("name: scoring");

        settings.Hosts.ShouldHaveSingleItem().Transport.ShouldBe(HostTransport.Local);
        (settings.Page.Listen.ToString(), settings.Page.TokenFile, settings.BatchScore).ShouldBe(("127.0.0.1:8090", null, "batch-score"));
        Path.IsPathRooted(settings.Hosts[0].Jobs).ShouldBeTrue();
    }

    [Theory]
    [InlineData("pipeline: x", "1:1: 'pipeline' is no key of dispatcher.yaml. Did you mean 'pipelines'?")]
    [InlineData("hosts: {edge: {address: e, user: u, known_hosts: k}}", "1:15: 'key' is missing from the host 'edge'.")]
    [InlineData("hosts: {edge: {transport: openssh, adress: e, known_hosts: k}}",
        "1:36: 'adress' is no key of a host. Did you mean 'address'?")]
    [InlineData("hosts: {Edge: {transport: local}}", "1:9: 'hosts: name' is 'Edge'")]
    [InlineData("hosts: {local: {transport: openssh, address: a, known_hosts: k}}", "The host 'local' is this machine")]
    [InlineData("hosts: {e: {transport: ssh, address: a}}", "'transport' is 'ssh'; it must be local or ssh.net or openssh.")]
    [InlineData("hosts: {e: {address: a, user: u, key: k, known_hosts: k, password: secret}}", "'password' is no key of a host.")]
    [InlineData("hosts: {e: {address: a, user: u, key: k, known_hosts: k, port: 0}}", "a whole number from 1 to 65535")]
    [InlineData("mail: {from: nobody, folder: m}", "1:14: from: ")]
    [InlineData("mail: {from: a@b.example}", "smtp: Neither a server (smtp:) nor a folder (folder:) is set")]
    [InlineData("mail: {from: a@b.example, smtp: {host: m, tls: none}}", "1:48: smtp.tls: none sends letters readable")]
    [InlineData("mail: {from: a@b.example, smtp: {host: m, password: x}}",
        "'password' is no key of the mail server. Did you mean 'password_file'?")]
    [InlineData("page: {listen: localhost}", "'listen' is 'localhost'; it must be an address and a port")]
    [InlineData("page: {listen: \"127.0.0.1:99999\"}", "it must be an address and a port")]
    [InlineData("page: {user_header: X-User}", "1:21: 'user_header' goes with 'proxy'")]
    [InlineData("page: {proxy: ::1}", "'proxy' goes with 'user_header'")]
    [InlineData("page: {user_header: X-User, proxy: nginx}", "'proxy' is 'nginx'; it must be an address")]
    [InlineData("maintenance: [{from: 2026-12-24 18:00, until: 2026-12-24 17:00, zone: UTC, reason: r}]",
        "1:47: 'until' (2026-12-24 17:00) is not after")]
    [InlineData("maintenance: [{from: 2026-02-30 18:00, until: 2026-12-24 17:00, zone: UTC, reason: r}]",
        "There is no time '2026-02-30 18:00'.")]
    public void Read_Mistake_IsToldWithItsPlace(string text, string told)
    {
        System.IO.File.WriteAllText(File, text);

        DispatcherFile.Read(File, out IReadOnlyList<Mistake> mistakes).ShouldBeNull();
        mistakes.Select(mistake => mistake.ToString()).ShouldContain(line => line.Contains(told));
    }

    [Fact]
    public void Load_NoFile_SaysWhichOne() => Should.Throw<BatchScoring.Core.BatchScoringException>(() => DispatcherFile.Load(File))
        .Message.ShouldContain(File);

    private DispatcherSettings Read(string text)
    {
        System.IO.File.WriteAllText(File, text);
        DispatcherSettings? settings = DispatcherFile.Read(File, out IReadOnlyList<Mistake> mistakes);
        mistakes.ShouldBeEmpty();
        return settings.ShouldNotBeNull();
    }
}
