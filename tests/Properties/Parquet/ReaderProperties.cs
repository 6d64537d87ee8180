using BatchScoring.Parquet;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Parquet;

/// <summary>Random tables, random ways to write them, random ranges of rows: always what DuckDB reads, to the bit.</summary>
public sealed class ReaderProperties
{
    private static readonly TestEncoding[][] _encodings =
    [
        [TestEncoding.Plain, TestEncoding.Rle],
        [TestEncoding.Plain, TestEncoding.RleDictionary, TestEncoding.Delta],
        [TestEncoding.Plain, TestEncoding.PlainDictionary, TestEncoding.Delta],
        [],
        [TestEncoding.Plain, TestEncoding.RleDictionary, TestEncoding.ByteStreamSplit],
        [TestEncoding.Plain, TestEncoding.PlainDictionary, TestEncoding.ByteStreamSplit],
    ];

    [Fact]
    public void Read_AnyTable_SameBitsAsDuckDb()
    {
        using var folder = new TemporaryFolder();
        ForAll.Cases(Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            int rows = random.Next(1, 5000);
            TestColumn[] columns = [.. Enumerable.Range(0, random.Next(1, 8)).Select(i => Column(random, $"c{i}", rows))];
            string path = folder.File("random.parquet");
            File.WriteAllBytes(path, TestParquet.Write(random.Next(1, rows + 500), columns));
            ColumnRequest[] inputs = [.. ReaderParity.Numbers(path).Where(_ => random.Next(4) > 0)];
            int first = random.Next(rows);

            ReadRows read = ReaderParity.Check(new SplitReadRequest
            {
                Path = path,
                Columns = inputs,
                FirstRow = random.Next(2) * first,
                Rows = random.Next(2) == 0 ? null : random.Next(1, rows - first + 1),
                Key = Array.Find(columns, column => column.Type is ParquetType.Int32 or ParquetType.Int64)?.Name,
            }, $"seed {seed}");

            read.Unsupported.ShouldBeEmpty($"seed {seed}");
        }, 150);
    }

    private static TestColumn Column(Random random, string name, int rows)
    {
        ParquetType[] types = [ParquetType.Boolean, ParquetType.Int32, ParquetType.Int64, ParquetType.Float, ParquetType.Double];
        ParquetType type = types[random.Next(types.Length)];
        TestEncoding[] encodings = _encodings[(int)type];
        bool isOptional = random.Next(4) > 0;
        int missing = isOptional ? random.Next(3) * random.Next(60) : 0;
        int distinct = random.Next(3) == 0 ? int.MaxValue : 1 << random.Next(13);
        ulong?[] values = new ulong?[rows];
        for ((int row, ulong run) = (0, 0ul); row < rows; row++)
        {
            if (random.Next(5) > 0 || row == 0) run = (ulong)random.Next(distinct) * 0x9E3779B97F4A7C15;
            values[row] = random.Next(100) < missing ? null : type switch
            {
                ParquetType.Boolean => run >> 63,
                ParquetType.Int32 or ParquetType.Float => run >> 32,
                _ => run,
            };
        }

        return new TestColumn(name, type, values)
        {
            IsOptional = isOptional,
            Encoding = encodings[random.Next(encodings.Length)],
            Codec = new[] { 0, 1, 2, 4, 6 }[random.Next(5)],
            IsV2 = random.Next(2) == 0,
            HasCrc = random.Next(2) == 0,
            RowsPerPage = random.Next(1, 3000),
            Seed = random.Next(),
        };
    }
}
