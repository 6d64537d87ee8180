using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Unit.Tables;

/// <summary>Files of which our own reader reads some row groups and DuckDB others.</summary>
public sealed class HandoverTests : IDisposable
{
    private const int Lz4 = 7;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Lz4, Lz4, 1)]
    [InlineData(Lz4, 0, 16)]
    [InlineData(1, Lz4, 16)]
    public void Read_HundredsOfRowGroups_AreHandedOverFewTimes(int codec, int oddCodec, int handovers)
    {
        const int rows = 600;
        SplitReadRequest request = Request(TestParquet.Write(2,
            TestColumn.Integers("id", Enumerable.Range(0, rows).Select(i => (long?)i)) with { Codec = codec, OddCodec = oddCodec },
            TestColumn.Floats("x", Enumerable.Range(0, rows).Select(i => i % 7 == 0 ? null : (float?)i))
                with
            { Codec = codec, OddCodec = oddCodec }));

        ReadRows read = ReaderParity.Check(request, "many row groups");
        read.Keys.Count.ShouldBe(rows);
        (read.Own + read.Unsupported.Values.Sum()).ShouldBe(rows / 2);
        using var readers = new SplitReaders();
        using var database = new LazyDatabase(new DuckOptions { Threads = 1 });
        using ColumnSplitReader reader = readers.OpenParquet(database, request, ReaderChoice.Auto).ShouldBeOfType<ColumnSplitReader>();
        while (reader.Next()) reader.Rows.ShouldBeGreaterThan(0);

        reader.Handovers.ShouldBe(handovers);
    }

    [Fact]
    public void Read_DamagedPageOfARowGroupThatDuckDbReads_IsAnError()
    {
        byte[] bytes = TestParquet.Write(100,
            TestColumn.Floats("x", Enumerable.Range(0, 300).Select(i => (float?)i)) with { Codec = Lz4, HasCrc = true });
        bytes[^400] ^= 1;

        BatchScoringException error = Should.Throw<BatchScoringException>(() => ReadRows.Of(Request(bytes, key: null), ReaderChoice.Auto));

        (error.Code, error.Message.Contains("column x", StringComparison.Ordinal)).ShouldBe(("INPUT_CORRUPT", true));
    }

    private SplitReadRequest Request(byte[] bytes, string? key = "id")
    {
        string path = _folder.File("made.parquet");
        File.WriteAllBytes(path, bytes);
        return new SplitReadRequest { Path = path, Key = key, Columns = [new ColumnRequest("x", ColumnKind.Number)] };
    }
}
