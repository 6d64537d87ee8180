using BatchScoring.Parquet;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Unit.Parquet;

public sealed class RowGroupReaderTests
{
    private const int Rows = 20_000;

    [Fact]
    public void Read_ManyRows_AllocatesNothing()
    {
        using var memory = new ReadMemory(64 << 20);
        (ParquetFile? file, IReadOnlyList<ParquetColumn>? columns) = Open(memory, 1);
        using var reader = new RowGroupReader(file, columns, null, memory);
        Allocations.OfHundredCalls(() =>
        {
            if (reader.RowsLeft < 100) reader.Load(0).ShouldBeNull();
            reader.Read(100).ShouldBeNull();
        }).ShouldBeLessThan(20_000); // Loading makes a few small objects; rows make none: 10,000 rows × 2 columns would be 80,000 bytes.
    }

    [Fact]
    public void Load_RowGroupAfterRowGroup_KeepsItsMemory()
    {
        using var memory = new ReadMemory(64 << 20);
        (ParquetFile? file, IReadOnlyList<ParquetColumn>? columns) = Open(memory, 10);
        using var reader = new RowGroupReader(file, columns, null, memory);
        reader.Load(0).ShouldBeNull();
        long held = memory.HeldBytes;
        for (int group = 1; group < file.RowGroups.Count; group++) reader.Load(group).ShouldBeNull();
        memory.HeldBytes.ShouldBe(held);
    }

    [Fact]
    public void Load_ChangedByteUnderACheckSum_NamesColumnAndPlace()
    {
        byte[] bytes = TestParquet.Write(Rows, TestColumn.Floats("income", Enumerable.Range(0, Rows).Select(i => (float?)i)) with { HasCrc = true });
        bytes[1000] ^= 1;
        using var memory = new ReadMemory(64 << 20);
        ParquetFile file = ParquetFile.TryOpen(new MemorySource(bytes), out _).ShouldNotBeNull();
        using var reader = new RowGroupReader(file, file.Columns, null, memory);
        ChecksumException error = Should.Throw<ChecksumException>(() => reader.Load(0));
        error.Column.ShouldBe("income");
        error.Offset.ShouldBeInRange(4, 100);
    }

    [Fact]
    public void Load_MoreThanTheCap_IsDeclinedBeforeItIsRead()
    {
        using var memory = new ReadMemory(50_000);
        (ParquetFile? file, IReadOnlyList<ParquetColumn>? columns) = Open(memory, 1);
        using var reader = new RowGroupReader(file, columns, null, memory);
        reader.Examine(0).ShouldNotBeNull().Code.ShouldBe(DeclineCodes.Memory);
        reader.Load(0).ShouldNotBeNull().Code.ShouldBe(DeclineCodes.Memory);
        memory.HeldBytes.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Load_RowGroupWithoutColumns_IsDeclinedAndNotServedFromTheLastOne()
    {
        byte[] bytes = TestParquet.Write(1000, [TestColumn.Floats("x", Enumerable.Range(0, 2000).Select(i => (float?)i))], groupWithoutColumns: 1);
        using var memory = new ReadMemory(64 << 20);
        ParquetFile file = ParquetFile.TryOpen(new MemorySource(bytes), out _).ShouldNotBeNull();
        using var reader = new RowGroupReader(file, file.Columns, null, memory);
        reader.Load(0).ShouldBeNull();
        reader.Load(1).ShouldNotBeNull().Code.ShouldBe(DeclineCodes.Footer);
    }

    private static (ParquetFile File, IReadOnlyList<ParquetColumn> Columns) Open(ReadMemory memory, int groups)
    {
        memory.ShouldNotBeNull();
        byte[] bytes = TestParquet.Write(Rows / groups,
            TestColumn.Floats("f", Enumerable.Range(0, Rows).Select(i => i % 20 == 0 ? (float?)null : i)) with { Codec = 1 },
            TestColumn.Floats("few", Enumerable.Range(0, Rows).Select(i => i % 20 == 0 ? (float?)null : i % 90)) with { Codec = 6, Encoding = TestEncoding.RleDictionary });
        ParquetFile file = ParquetFile.TryOpen(new MemorySource(bytes), out _).ShouldNotBeNull();
        return (file, file.Columns);
    }
}
