using BatchScoring.Parquet;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Parity.Parquet;

/// <summary>
/// Files made up byte by byte, for what no writer at hand writes: every encoding, index width, page size, and odd values.
/// </summary>
public sealed class HandMadeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void Read_EveryIndexWidth_SameBitsAsDuckDb(int codec)
    {
        var columns = new List<TestColumn>();
        for (int width = 0; width <= 20; width++)
        {
            int distinct = Math.Min(1 << width, 3000);
            columns.Add(TestColumn.Floats($"w{width}", Values(5000, i => i % 11 == 3 ? (float?)null : (i * 7919 % distinct) + 0.5f)) with
            {
                Encoding = width % 2 == 0 ? TestEncoding.RleDictionary : TestEncoding.PlainDictionary,
                IndexWidth = width,
                Codec = codec,
                RowsPerPage = 1300,
                IsV2 = width % 3 == 0,
                Seed = width,
            });
        }

        Check("widths", 3000, columns);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(2_500)]
    [InlineData(250_000)]
    public void Read_EveryEncodingAndPageSize_SameBitsAsDuckDb(int rowsPerPage)
    {
        var columns = new List<TestColumn>();
        foreach (bool isV2 in new[] { false, true })
        {
            foreach (int codec in new[] { 0, 1, 2, 4, 6 })
            {
                foreach (TestColumn column in Kinds(6000))
                    columns.Add(column with
                    {
                        Name = $"{column.Name}-{codec}-{isV2}",
                        IsV2 = isV2,
                        Codec = codec,
                        HasCrc = codec != 1,
                        RowsPerPage = rowsPerPage,
                        Seed = columns.Count
                    });
            }
        }

        Check("encodings", 4096, columns);
    }

    [Fact]
    public void Read_PagesOfAMebibyte_SameBitsAsDuckDb() => Check("large pages", 300_000,
    [
        TestColumn.Floats("plain", Values(300_000, i => i % 6 == 0 ? (float?)null : i * 0.5f)) with { RowsPerPage = 262_144, Codec = 1 },
        TestColumn.Floats("many", Values(300_000, i => (float?)(i * 31 % 70_000)))
            with { RowsPerPage = 262_144, Codec = 6, Encoding = TestEncoding.RleDictionary },
    ]);

    [Fact]
    public void Read_OddValues_KeepTheirBits()
    {
        uint[] odd =
        [
            0x7FC00000, 0x7FC12345, 0xFFC00001, 0x7F800001, 0xFF812345, 0x7F800000, 0xFF800000, 0x80000000, 0, 1, 0x80000001, 0x007FFFFF,
                0x7F7FFFFF,
        ];
        ulong[] oddDoubles =
        [
            0x7FF8000000000000, 0x7FF8123456789ABC, 0xFFF8000000000001, 0x7FF0000000000001, 0x7FF0000000000000, 0xFFF0000000000000,
                1ul << 63, 0, 1,
            0x47EFFFFFE0000000, 0x47EFFFFFF0000000, 0x47EFFFFFEFFFFFFF, 0x3FF0000010000000, 0x3FF0000030000000, 0x3FF0000010000001,
                0x36A0000000000000, 0x3690000000000000,
        ];
        long[] oddIntegers = [long.MinValue, long.MaxValue, 0, -1, 16777217, -16777219, (1L << 60) + (1L << 36), (1L << 60) + (1L << 36) +
            1, (1L << 62) - (1L << 37)];
        var columns = new List<TestColumn>();
        foreach (TestEncoding encoding in new[] { TestEncoding.Plain, TestEncoding.RleDictionary, TestEncoding.ByteStreamSplit })
        {
            columns.Add(new TestColumn($"f{encoding}", ParquetType.Float,
                [.. Enumerable.Range(0, 500).Select(i => i % 17 == 0 ? (ulong?)null : odd[i % odd.Length])])
            { Encoding = encoding });
            columns.Add(new TestColumn($"d{encoding}", ParquetType.Double, [.. Enumerable.Range(0, 500)
                .Select(i => i % 17 == 0 ? (ulong?)null : oddDoubles[i % oddDoubles.Length])])
            { Encoding = encoding });
            TestEncoding integers = encoding == TestEncoding.ByteStreamSplit ? TestEncoding.Delta : encoding;
            columns.Add(TestColumn.Integers($"i{encoding}", Values(500, i => (long?)oddIntegers[i % oddIntegers.Length]))
                with
            { Encoding = integers });
            columns.Add(TestColumn.Integers($"j{encoding}", Values(500, i => (long?)(int)oddIntegers[i % oddIntegers.Length]),
                isWide: false) with
            { Encoding = integers });
        }

        Check("odd values", 300, columns);
    }

    [Fact]
    public void Read_AllMissingAndNoneMissing_SameBitsAsDuckDb()
    {
        var columns = new List<TestColumn>();
        foreach (TestColumn column in Kinds(5000))
        {
            columns.Add(column with { Name = column.Name + "-none", Values = new ulong?[5000], Seed = columns.Count });
            columns.Add(column with
            {
                Name = column.Name + "-all",
                Values = [.. column.Values.Select(value => value ?? 0)],
                Seed = columns.Count
            });
            columns.Add(column with
            {
                Name = column.Name + "-required",
                Values = [.. column.Values.Select(value => value ?? 0)],
                IsOptional = false
            });
        }

        Check("all or nothing", 5000, columns);
    }

    private static IEnumerable<TestColumn> Kinds(int rows)
    {
        foreach (TestEncoding encoding in new[] { TestEncoding.Plain, TestEncoding.RleDictionary, TestEncoding.ByteStreamSplit })
        {
            yield return TestColumn.Floats($"f{encoding}", Values(rows, i => i % 9 == 0 ? (float?)null : i % 400 * 0.25f))
                with
            { Encoding = encoding };
            yield return TestColumn.Doubles($"d{encoding}", Values(rows, i => i % 10 == 0 ? (double?)null : i % 40 * 0.1))
                with
            { Encoding = encoding };
        }

        foreach (TestEncoding encoding in new[] { TestEncoding.Plain, TestEncoding.RleDictionary, TestEncoding.Delta })
        {
            yield return TestColumn.Integers($"l{encoding}", Values(rows, i => i % 8 == 0 ? null : (long?)i * i * 1_000_003))
                with
            { Encoding = encoding };
            yield return TestColumn.Integers($"i{encoding}", Values(rows, i => i % 7 == 0 ? null : (long?)(int)(i * 2654435761)),
                isWide: false) with
            { Encoding = encoding };
        }

        yield return TestColumn.Booleans("b", Values(rows, i => i % 6 == 0 ? null : (bool?)(i % 5 < 2)));
        yield return TestColumn.Booleans("brle", Values(rows, i => i % 6 == 0 ? null : (bool?)(i / 50 % 2 == 0)))
            with
        { Encoding = TestEncoding.Rle };
    }

    private static IEnumerable<T> Values<T>(int rows, Func<int, T> value) => Enumerable.Range(0, rows).Select(value);

    private void Check(string what, int rowsPerGroup, IReadOnlyList<TestColumn> columns)
    {
        string path = _folder.File("made.parquet");
        File.WriteAllBytes(path, TestParquet.Write(rowsPerGroup, columns));
        ReadRows read = ReaderParity.CheckAll(path, what);
        read.Unsupported.ShouldBeEmpty();
        read.Own.ShouldBe((columns[0].Values.Length + rowsPerGroup - 1) / rowsPerGroup);
        int rows = columns[0].Values.Length;
        ReaderParity.Check(new SplitReadRequest { Path = path, Columns = ReaderParity.Numbers(path), FirstRow = rows / 3, Rows = rows / 2 },
            what);
    }
}
