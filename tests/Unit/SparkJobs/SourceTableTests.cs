using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.Import;
using BatchScoring.Tests.Testing;
using DuckDB.NET.Native;
using BatchScoring.Tests.Unit.Storage;

namespace BatchScoring.Tests.Unit.SparkJobs;

/// <summary>A disk or a memory that does not suffice is not a fault of the file that was being read.</summary>
public sealed class SourceTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SourceTableTests() => File.WriteAllLines(_folder.File("loans.csv"),
        ["id,text", .. Enumerable.Range(0, 20_000).Select(i => $"{i},{Convert.ToHexString(Random(i))}")]);

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Open_DiskFull_SaysThatTheDiskIsFull()
    {
        string small = _folder.File("small");
        Skip.IfNot(SmallFileSystem.TryMount(small, 1 << 18, out string why), why);
        try
        {
            DuckDbException error = Fails(small, new DuckOptions());

            error.ErrorType.ShouldBe(DuckDBErrorType.Io);
            error.DuckText.ShouldContain("No space left");
        }
        finally
        {
            SmallFileSystem.Unmount(small);
        }
    }

    [Fact]
    public void Open_OutOfMemory_SaysSo() =>
        Fails(_folder.Path, new DuckOptions { MemoryLimitMiB = 1 }).ErrorType.ShouldBe(DuckDBErrorType.OutOfMemory);

    [Theory]
    [InlineData(DuckDBErrorType.Io, "IO Error: Could not write file \"x\": No space left on device", true)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Cannot open file \"x\": Permission denied", true)]
    [InlineData(DuckDBErrorType.OutOfMemory, "Out of Memory Error: failed to allocate", true)]
    [InlineData(DuckDBErrorType.Io, "IO Error: Snappy decompression failure", false)]
    [InlineData(DuckDBErrorType.InvalidInput, "Invalid Input Error: No magic bytes found at end of file 'x'", false)]
    public void BlamesMachine_OfDuckDbError_TellsTheMachineFromTheInput(DuckDBErrorType type, string text, bool expected) =>
        new DuckDbException(type, text).BlamesMachine.ShouldBe(expected);

    private DuckDbException Fails(string scratch, DuckOptions options)
    {
        using var database = DuckDatabase.Open(options);
        using DuckConnection duck = database.Connect();
        return Should.Throw<DuckDbException>(() =>
            SourceTable.Open(duck, Sources.Find(_folder.File("loans.csv")), null, 1, default)
                .Stage(scratch, [new DatasetColumn("id", "BIGINT"), new DatasetColumn("text", "VARCHAR")], _ => { }, default));
    }

    /// <summary>Text that does not compress.</summary>
    private static byte[] Random(int seed)
    {
        byte[] bytes = new byte[100];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
