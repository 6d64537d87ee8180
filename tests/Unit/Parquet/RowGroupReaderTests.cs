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
        using var reader = new RowGroupReader(file, columns, key: null, memory);
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
        using var reader = new RowGroupReader(file, columns, key: null, memory);
        reader.Load(0).ShouldBeNull();
        long held = memory.HeldBytes;
        for (int group = 1; group < file.RowGroups.Count; group++) reader.Load(group).ShouldBeNull();
        memory.HeldBytes.ShouldBe(held);
    }

    [Fact]
    public void Load_ChangedByteUnderACheckSum_NamesColumnAndPlace()
    {
        byte[] bytes = TestParquet.Write(Rows,
            TestColumn.Floats("income", Enumerable.Range(0, Rows).Select(i => (float?)i)) with { HasCrc = true });
        bytes[1000] ^= 1;
        using var memory = new ReadMemory(64 << 20);
        ParquetFile file = ParquetFile.TryOpen(new MemorySource(bytes), out _).ShouldNotBeNull();
        using var reader = new RowGroupReader(file, file.Columns, key: null, memory);
        DamagedPageException error = Should.Throw<DamagedPageException>(() => reader.Load(0));
        error.Column.ShouldBe("income");
        error.Offset.ShouldBeInRange(4, 100);
    }

    [Fact]
    public void Load_MoreThanTheCap_IsUnsupportedBeforeItIsRead()
    {
        using var memory = new ReadMemory(50_000);
        (ParquetFile? file, IReadOnlyList<ParquetColumn>? columns) = Open(memory, 1);
        using var reader = new RowGroupReader(file, columns, key: null, memory);
        reader.Examine(0).ShouldNotBeNull().Code.ShouldBe(UnsupportedCodes.Memory);
        reader.Load(0).ShouldNotBeNull().Code.ShouldBe(UnsupportedCodes.Memory);
        memory.HeldBytes.ShouldBeLessThan(100_000);
    }

    [Fact]
    public void Load_RowGroupWithoutColumns_IsUnsupportedAndNotServedFromTheLastOne()
    {
        byte[] bytes = TestParquet.Write(1000, [TestColumn.Floats("x", Enumerable.Range(0, 2000).Select(i => (float?)i))],
            groupWithoutColumns: 1);
        using var memory = new ReadMemory(64 << 20);
        ParquetFile file = ParquetFile.TryOpen(new MemorySource(bytes), out _).ShouldNotBeNull();
        using var reader = new RowGroupReader(file, file.Columns, key: null, memory);
        reader.Load(0).ShouldBeNull();
        reader.Load(1).ShouldNotBeNull().Code.ShouldBe(UnsupportedCodes.Footer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Load_CompressedPageThatIsCutShort_NamesColumnAndPlace(int codec)
    {
        byte[] bytes = TestParquet.Write(500,
            TestColumn.Floats("income", Enumerable.Range(0, 500).Select(i => (float?)i)) with { Codec = codec, BytesCut = 9 });

        DamagedPageException error = Should.Throw<DamagedPageException>(() => Read(bytes));

        error.Column.ShouldBe("income");
        error.Offset.ShouldBeInRange(4, 100);
    }

    [Fact]
    public void Load_FlippedBitUnderGzipsOwnSum_IsDamage()
    {
        byte[] bytes = TestParquet.Write(500,
            TestColumn.Floats("income", Enumerable.Range(0, 500).Select(i => (float?)i)) with { Codec = 2, IsStored = true });
        bytes[700] ^= 4;

        Should.Throw<DamagedPageException>(() => Read(bytes)).Column.ShouldBe("income");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_IndexWidthZeroAndNothingBehindIt_IsTheOnlyValue(bool isV2)
    {
        byte[] bytes = TestParquet.Write(300,
            TestColumn.Floats("v", Enumerable.Range(0, 300).Select(i => i % 7 == 0 ? null : (float?)7.5f)) with
            {
                Encoding = TestEncoding.RleDictionary,
                IsV2 = isV2,
                WithoutIndices = true,
                RowsPerPage = 128,
            });

        Read(bytes)[0].ShouldBe([.. Enumerable.Range(0, 300).Select(i => i % 7 == 0 ? float.NaN : 7.5f)]);
    }

    [Fact]
    public void Read_ConstantColumnOfAnotherWriter_IsRead()
    {
        List<float> values = Read(File.ReadAllBytes(Repository.Data("cases", "p3-index-width-0", "in.parquet")))[1];

        values.Count.ShouldBe(20);
        values.ShouldAllBe(value => float.IsNaN(value) || value == 7.5f);
    }

    [Fact]
    public void Load_GzipThatEndsEarlyOrHasAFlippedBit_IsDamage()
    {
        static string Case(string file) => Repository.Data("cases", "p9-gzip-damage-unseen", file);
        Read(File.ReadAllBytes(Case("good.parquet")))[0].Count.ShouldBe(200);

        foreach (string file in new[] { "short.parquet", "flipped.parquet" })
            Should.Throw<DamagedPageException>(() => Read(File.ReadAllBytes(Case(file))), file);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_IntegersInByteStreamSplit_AreTheirValues(bool isWide)
    {
        long?[] values = [.. Enumerable.Range(0, 1000).Select(i => i % 11 == 0 ? null : (long?)((i * 2_000_003L) - 900_000_000))];
        byte[] bytes = TestParquet.Write(400,
            TestColumn.Integers("v", values, isWide) with { Encoding = TestEncoding.ByteStreamSplit, RowsPerPage = 150 });

        Read(bytes)[0].ShouldBe([.. values.Select(value => value is { } it ? (float)it : float.NaN)]);
    }

    private static unsafe List<float>[] Read(byte[] bytes)
    {
        using var memory = new ReadMemory(64 << 20);
        ParquetFile file = ParquetFile.TryOpen(new MemorySource(bytes), out _).ShouldNotBeNull();
        using var reader = new RowGroupReader(file, file.Columns, key: null, memory);
        List<float>[] columns = [.. file.Columns.Select(_ => new List<float>())];
        for (int group = 0; group < file.RowGroups.Count; group++)
        {
            reader.Load(group).ShouldBeNull();
            while (reader.RowsLeft > 0)
            {
                int rows = Math.Min(100, reader.RowsLeft);
                reader.Read(rows).ShouldBeNull();
                for (int i = 0; i < columns.Length; i++) columns[i].AddRange(new ReadOnlySpan<float>(reader.Floats(i), rows));
            }
        }

        return columns;
    }

    private static (ParquetFile File, IReadOnlyList<ParquetColumn> Columns) Open(ReadMemory memory, int groups)
    {
        memory.ShouldNotBeNull();
        byte[] bytes = TestParquet.Write(Rows / groups,
            TestColumn.Floats("f", Enumerable.Range(0, Rows).Select(i => i % 20 == 0 ? (float?)null : i)) with { Codec = 1 },
            TestColumn.Floats("few", Enumerable.Range(0, Rows).Select(i => i % 20 == 0 ? (float?)null : i % 90))
                with
            { Codec = 6, Encoding = TestEncoding.RleDictionary });
        ParquetFile file = ParquetFile.TryOpen(new MemorySource(bytes), out _).ShouldNotBeNull();
        return (file, file.Columns);
    }
}
