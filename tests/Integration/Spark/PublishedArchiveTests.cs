using System.Formats.Tar;
using System.IO.Compression;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>What travels to a cluster, and how it starts there.</summary>
public sealed class PublishedArchiveTests : IDisposable
{
    private const int MostAddressSpaceMiB = 2600;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Archive_Programs_MayBeExecutedByEverybody()
    {
        PublishedProgram.Require();
        using var zipped = new GZipStream(File.OpenRead(Path.Combine(PublishedProgram.Folder, "batch-scoring.tar.gz")),
            CompressionMode.Decompress);
        using var archive = new TarReader(zipped);
        Dictionary<string, UnixFileMode> modes = [];
        while (archive.GetNextEntry() is { } entry) modes[entry.Name] = entry.Mode;

        modes.Keys.Order().ShouldBe(["batch-score", "launch", "libduckdb.so", "model-runner"]);
        const UnixFileMode Everybody = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        foreach (string program in new[] { "batch-score", "launch", "model-runner" })
            (modes[program] & Everybody).ShouldBe(Everybody, program);
    }

    [SkippableFact]
    public async Task Launch_OfARunner_KeepsItsAddressSpaceSmallAndLiftsTheLimit()
    {
        PublishedProgram.Require();
        var launch = BuiltProgram.At(Path.Combine(PublishedProgram.Folder, "launch"));
        using System.Diagnostics.Process process = launch.Start(_folder.Path, new Dictionary<string, string>(), "model-runner");
        LinuxProcess runner = await Poll.ForAsync(
            () => Task.FromResult(LinuxProcess.Read(process.Id) is { Name: "model-runner", HasLimitedAddressSpace: false } found
                ? found
                : null),
            TimeSpan.FromSeconds(30), "a runner without a soft limit");

        runner.AddressSpaceMiB.ShouldNotBeNull().ShouldBeLessThan(MostAddressSpaceMiB);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        process.ExitCode.ShouldBe(0);
    }
}
