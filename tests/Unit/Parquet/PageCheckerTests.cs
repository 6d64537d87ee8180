using BatchScoring.Parquet;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Unit.Parquet;

public sealed class PageCheckerTests : IDisposable
{
    private const int Rows = 400;

    private readonly ReadMemory _memory = new(16 << 20);

    public void Dispose() => _memory.Dispose();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    public void Check_GoodPages_SaysNothing(int codec, bool isV2) => Check(File(codec, isV2: isV2, hasCrc: true));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    public void Check_ChangedByteUnderACheckSum_NamesColumnAndPlace(int codec)
    {
        byte[] bytes = File(codec, hasCrc: true);
        bytes[60] ^= 1;

        DamagedPageException error = Should.Throw<DamagedPageException>(() => Check(bytes));

        error.RowGroup.ShouldBe(0);
        error.Column.ShouldBe("x");
        error.Offset.ShouldBeInRange(4, 60);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Check_PageThatEndsTooEarly_IsDamaged(int codec, bool isV2) =>
        Should.Throw<DamagedPageException>(() => Check(File(codec, isV2, cut: 9))).Column.ShouldBe("x");

    [Fact]
    public void Check_HeaderThatCannotBeFollowed_IsLeftToWhoeverDecodes()
    {
        byte[] bytes = File(2);
        bytes.AsSpan(4, 3).Fill(0xFF);

        Check(bytes);
    }

    [Fact]
    public void Check_ChunkThatTheFooterMakesTooShort_IsCheckedToItsEnd()
    {
        byte[] bytes = TestParquet.Write(Rows, Column(2) with { BytesForgotten = 30, RowsPerPage = 100 });
        int last = bytes.AsSpan()[..^200].LastIndexOf([(byte)0x1F, (byte)0x8B]); // where the last page's gzip begins
        bytes[last + 40] ^= 0x10;

        Should.Throw<DamagedPageException>(() => Check(bytes)).Offset.ShouldBe(last);
    }

    private static TestColumn Column(int codec) =>
        TestColumn.Floats("x", Enumerable.Range(0, Rows).Select(i => i % 9 == 0 ? null : (float?)(i * 0.37f))) with { Codec = codec };

    private static byte[] File(int codec, bool isV2 = false, bool hasCrc = false, int cut = 0) =>
        TestParquet.Write(Rows, Column(codec) with { IsV2 = isV2, HasCrc = hasCrc, BytesCut = cut });

    private void Check(byte[] bytes)
    {
        ParquetFile file = ParquetFile.TryOpen(new MemorySource(bytes), out _).ShouldNotBeNull();
        using var checker = new PageChecker(file, _memory);
        for (int group = 0; group < file.RowGroups.Count; group++) checker.Check(group, file.Columns);
    }
}
