using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;
using Parquet;
using Parquet.Schema;
using ParquetSharp;

namespace BatchScoring.Tests.Parity.Parquet;

/// <summary>Files that Arrow C++ (ParquetSharp) and Parquet.Net write, in all types, encodings and compressions that they offer and we
/// read:
/// every value to the bit, and nothing left to DuckDB.</summary>
public sealed class OtherWriterTests : IDisposable
{
    private const int Rows = 2_500;
    private const int RowsPerGroup = 1_000;
    private const int Seed = 20261128;

    private readonly TemporaryFolder _folder = new();
    private readonly JudgeColumn[] _columns = Columns();

    public static TheoryData<Compression> Compressions =>
        [Compression.Uncompressed, Compression.Snappy, Compression.Gzip, Compression.Brotli, Compression.Zstd];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Read_WrittenByArrow_SameBits(Compression compression)
    {
        foreach (ParquetDataPageVersion version in Enum.GetValues<ParquetDataPageVersion>())
        {
            foreach (Encoding? encoding in new Encoding?[] { null, Encoding.Plain, Encoding.ByteStreamSplit, Encoding.DeltaBinaryPacked })
            {
                string path = _folder.File("arrow.parquet");
                using (WriterProperties properties = Properties(compression, version, encoding)) Write(path, properties);
                Check(path, $"{compression}, {version}, {encoding?.ToString() ?? "dictionary"}, seed {Seed}");
            }
        }
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Zstd)]
    public async Task Read_WrittenByParquetNet_SameBits(CompressionMethod compression)
    {
        string path = _folder.File("net.parquet");
        await using (FileStream file = File.Create(path))
        {
            ParquetOptions options = new() { CompressionMethod = compression };
            await using global::Parquet.ParquetWriter writer =
                await global::Parquet.ParquetWriter.CreateAsync(new ParquetSchema(_columns.Select(column => column.ForNet)), file, options);
            for (int first = 0; first < Rows; first += RowsPerGroup)
            {
                using global::Parquet.ParquetRowGroupWriter group = writer.CreateRowGroup();
                foreach (JudgeColumn column in _columns) await column.WriteAsync(group, first, Math.Min(RowsPerGroup, Rows - first));
            }
        }

        Check(path, $"{compression}, seed {Seed}");
    }

    private static JudgeColumn[] Columns()
    {
        Random random = new(Seed);
        return
        [
            JudgeColumn.Of("float", Some(i => random.NextSingle() * i), value => value),
            JudgeColumn.Of("floats", Some(_ => (float)random.Next(40)), value => value),
            JudgeColumn.Of("double", Some(_ => random.NextDouble() * 1e9), value => (float)value),
            JudgeColumn.Of("doubles", Some(i => i % 50 * 0.1), value => (float)value),
            JudgeColumn.Of("bool", Some(_ => random.Next(3) == 0), value => value ? 1 : 0),
            JudgeColumn.Of("sbyte", Some(_ => (sbyte)random.Next(-128, 128)), value => value),
            JudgeColumn.Of("byte", Some(_ => (byte)random.Next(256)), value => value),
            JudgeColumn.Of("short", Some(_ => (short)random.Next(-32768, 32768)), value => value),
            JudgeColumn.Of("ushort", Some(_ => (ushort)random.Next(65536)), value => value),
            JudgeColumn.Of("int", Some(_ => random.Next(int.MinValue, int.MaxValue)), value => value),
            JudgeColumn.Of("uint", Some(_ => (uint)random.NextInt64(uint.MaxValue)), value => value),
            JudgeColumn.Of("long", Some(_ => random.NextInt64(long.MinValue, long.MaxValue)), value => value),
            JudgeColumn.Of("ulong", Some(_ => (ulong)random.NextInt64() * 2), value => value),
            JudgeColumn.Of("constant", Some(_ => 7.5f), value => value),
            JudgeColumn.Of("nothing", new double?[Rows], value => (float)value),
        ];
    }

    private static T?[] Some<T>(Func<int, T> value)
        where T : struct => [.. Enumerable.Range(0, Rows).Select(i => i % 13 == 5 || i / 300 == 4 ? (T?)null : value(i))];

    /// <summary>Encodings that a type does not have are left out for it.</summary>
    private static WriterProperties Properties(Compression compression, ParquetDataPageVersion version, Encoding? encoding)
    {
        using WriterPropertiesBuilder builder = new();
        builder.Compression(compression).DataPageVersion(version).DataPagesize(2_000).EnablePageChecksum();
        if (encoding is not { } it) return builder.Build();
        builder.DisableDictionary();
        foreach (string name in Columns().Select(column => column.Name))
        {
            bool isFraction = name.StartsWith("float", StringComparison.Ordinal) || name.StartsWith("double", StringComparison.Ordinal);
            bool isInteger = !isFraction && name is not ("bool" or "constant" or "nothing");
            bool fits = it == Encoding.Plain || (it == Encoding.ByteStreamSplit && (isFraction || isInteger))
                || (it == Encoding.DeltaBinaryPacked && isInteger);
            if (fits) builder.Encoding(name, it);
        }

        return builder.Build();
    }

    private void Write(string path, WriterProperties properties)
    {
        using ParquetFileWriter writer = new(path, [.. _columns.Select(column => column.ForSharp)], properties);
        for (int first = 0; first < Rows; first += RowsPerGroup)
        {
            using ParquetSharp.RowGroupWriter group = writer.AppendRowGroup();
            foreach (JudgeColumn column in _columns)
            {
                using ColumnWriter chunk = group.NextColumn();
                column.Write(chunk, first, Math.Min(RowsPerGroup, Rows - first));
            }
        }

        writer.Close();
    }

    private void Check(string path, string what)
    {
        var read = ReadRows.Of(
            new SplitReadRequest
            {
                Path = path,
                Columns = [.. _columns.Select(column => new ColumnRequest(column.Name, ColumnKind.Number))]
            }, ReaderChoice.Native);
        for (int column = 0; column < _columns.Length; column++)
            read.Columns[column].ShouldBe([.. Enumerable.Range(0, Rows).Select(_columns[column].FloatBits)],
                $"{what}, {_columns[column].Name}");
    }
}
