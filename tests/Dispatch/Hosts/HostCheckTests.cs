using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Hosts;

public sealed class HostCheckTests(SshServer server) : IClassFixture<SshServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("Local")]
    [InlineData("SshNet")]
    [InlineData("OpenSsh")]
    public async Task SoundHost_IsFoundSound(string transport)
    {
        IReadOnlyList<HostFinding> found = await RunAsync(Settings(transport), TimeProvider.System);
        found.Count.ShouldBe(5);
        found.ShouldAllBe(finding => finding.Good);
        // Nothing of the probe stays, and the leader's number is untouched.
        Directory.GetDirectories(_folder.File("jobs", "doctor")).ShouldBeEmpty();
        File.Exists(_folder.File("jobs", ".fence")).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task ClockOfAnotherHour_IsFound()
    {
        IReadOnlyList<HostFinding> found = await RunAsync(Settings("SshNet"), new ShiftedTime(TimeSpan.FromHours(1)));
        found.Where(finding => !finding.Good).ShouldHaveSingleItem().Text.ShouldMatch("-3[56][0-9]{2} s apart");
    }

    [SkippableFact]
    public async Task FolderThatCannotBeWritten_IsFound()
    {
        File.WriteAllText(_folder.File("jobs"), "a file");
        (await RunAsync(Settings("Local"), TimeProvider.System)).ShouldContain(finding => !finding.Good);
    }

    [SkippableFact]
    public async Task UnknownKey_IsTheFinding()
    {
        File.WriteAllText(_folder.File("known"), "");
        IReadOnlyList<HostFinding> found = await RunAsync(
            Settings("SshNet") with { KnownHosts = _folder.File("known") }, TimeProvider.System);
        found.ShouldHaveSingleItem().Text.ShouldStartWith("REMOTE_KEY_UNKNOWN");
    }

    private static Task<IReadOnlyList<HostFinding>> RunAsync(HostSettings settings, TimeProvider time) =>
        new HostCheck(settings, time).RunAsync(CancellationToken.None);

    private HostSettings Settings(string transport)
    {
        SshServer.Require();
        return server.Settings(_folder.File("jobs"), Enum.Parse<HostTransport>(transport));
    }
}
