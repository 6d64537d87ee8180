using System.Buffers.Binary;
using System.Numerics;
using BatchScoring.Parquet;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>Writes Parquet files in every form that the reader reads, and no faster than that needs.</summary>
public static class TestParquet
{
    private const int Rle = 3;

    /// <summary>A file's bytes.</summary>
    /// <param name="rowsPerGroup">Rows of a row group; all columns are equally long.</param>
    /// <param name="columns">The columns.</param>
    public static byte[] Write(int rowsPerGroup, params IReadOnlyList<TestColumn> columns) => Write(rowsPerGroup, columns, null);

    /// <summary>The same, but the footer leaves out the columns of a row group.</summary>
    public static byte[] Write(int rowsPerGroup, IReadOnlyList<TestColumn> columns, int? groupWithoutColumns)
    {
        var file = new MemoryStream();
        file.Write("PAR1"u8);
        int rows = columns[0].Values.Length;
        var groups = new List<(int Rows, List<Chunk> Chunks)>();
        for (int first = 0; first < rows; first += rowsPerGroup)
        {
            int count = Math.Min(rowsPerGroup, rows - first);
            bool isOdd = groups.Count % 2 == 1;
            groups.Add((count, [.. columns.Select(column => WriteChunk(file, isOdd
                ? column with { Codec = column.OddCodec ?? column.Codec }
                : column, column.Values[first..(first + count)]))]));
        }

        byte[] footer = Footer(columns, groups, rows, groupWithoutColumns);
        file.Write(footer);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        file.Write(length);
        file.Write("PAR1"u8);
        return file.ToArray();
    }

    private static byte[] Footer(IReadOnlyList<TestColumn> columns, List<(int Rows, List<Chunk> Chunks)> groups, int rows,
        int? groupWithoutColumns)
    {
        var thrift = new ThriftWriter();
        thrift.Int32(1, 2);
        thrift.Structs<TestColumn?>(2, [null, .. columns], column =>
        {
            if (column is null) thrift.Text(4, "schema").Int32(5, columns.Count);
            else Describe(thrift, column);
        });
        thrift.Int64(3, rows);
        thrift.Structs(4, groups, group =>
        {
            if (groups.IndexOf(group) != groupWithoutColumns) Chunks(thrift, group);
            thrift.Int64(2, group.Chunks.Sum(chunk => chunk.Decoded)).Int64(3, group.Rows);
        });
        thrift.Text(6, "tests");
        return thrift.Finish().ToArray();
    }

    private static void Describe(ThriftWriter thrift, TestColumn column)
    {
        thrift.Int32(1, (int)column.Type).Int32(3, column.IsOptional ? 1 : 0).Text(4, column.Name);
        if (column.Converted is { } converted) thrift.Int32(6, converted);
        if (column.Digits?.Scale is { } scale) thrift.Int32(7, scale);
        if (column.Digits is { } digits) thrift.Int32(8, digits.Precision);
    }

    private static byte[] Plain(TestColumn column, IReadOnlyList<ulong> values) => column.Type == ParquetType.ByteArray
        ? [.. values.SelectMany(value => TestEncoders.Prefixed(column.Texts[(int)value]))]
        : TestEncoders.Plain(values, column.Width);

    private static void Chunks(ThriftWriter thrift, (int Rows, List<Chunk> Chunks) group) => thrift.Structs(1, group.Chunks, chunk =>
    {
        thrift.Int64(2, chunk.Start).Begin(3)
            .Int32(1, (int)chunk.Column.Type).Int32s(2, [.. chunk.Encodings]).Texts(3, chunk.Column.Name).Int32(4, chunk.Column.Codec)
            .Int64(5, group.Rows).Int64(6, chunk.Decoded).Int64(7, chunk.Bytes - chunk.Column.BytesForgotten).Int64(9, chunk.DataPage);
        if (chunk.DataPage != chunk.Start) thrift.Int64(11, chunk.Start);
        if (chunk.Column.BloomBytes is { } bytes) thrift.Int64(14, chunk.Start).Int32(15, bytes);
        thrift.End();
    });

    private static Chunk WriteChunk(MemoryStream file, TestColumn column, ulong?[] values)
    {
        var chunk = new Chunk(column, file.Position) { DataPage = file.Position };
        var random = new Random(column.Seed);
        List<ulong> dictionary = [];
        if (column.Encoding is TestEncoding.RleDictionary or TestEncoding.PlainDictionary)
        {
            dictionary = [.. values.OfType<ulong>().Distinct()];
            WriteDictionary(file, chunk, dictionary);
            chunk.DataPage = file.Position;
        }

        for (int first = 0; first < values.Length; first += column.RowsPerPage)
            WriteData(file, chunk, values[first..Math.Min(values.Length, first + column.RowsPerPage)], dictionary, random);
        chunk.Bytes = file.Position - chunk.Start;
        chunk.Encodings.UnionWith([Rle, (int)column.Encoding]);
        return chunk;
    }

    private static void WriteDictionary(MemoryStream file, Chunk chunk, List<ulong> dictionary)
    {
        byte[] bytes = Plain(chunk.Column, dictionary);
        chunk.Encodings.Add(0);
        WritePage(file, chunk, 2, bytes.Length, Compress(chunk.Column, bytes), header =>
            header.Begin(7).Int32(1, dictionary.Count).Int32(2, chunk.Column.Encoding == TestEncoding.PlainDictionary ? 2 : 0).End());
    }

    private static void WriteData(MemoryStream file, Chunk chunk, ulong?[] values, List<ulong> dictionary, Random random)
    {
        TestColumn column = chunk.Column;
        ulong[] present = [.. values.OfType<ulong>()];
        byte[] body = Encode(column, present, dictionary, random);
        byte[] levels = column.IsOptional ? TestEncoders.Hybrid([.. values.Select(value => value is null ? 0ul : 1)], 1, random) : [];
        if (column.IsV2)
        {
            byte[] compressed = Compress(column, body);
            WritePage(file, chunk, 3, levels.Length + body.Length, [.. levels, .. compressed], header =>
                header.Begin(8).Int32(1, values.Length).Int32(2, values.Length - present.Length).Int32(3, values.Length)
                    .Int32(4, (int)column.Encoding)
                    .Int32(5, levels.Length).Int32(6, 0).Boolean(7, column.Codec != 0).End());
            return;
        }

        byte[] page = column.IsOptional ? [.. TestEncoders.Prefixed(levels), .. body] : body;
        WritePage(file, chunk, 0, page.Length, Compress(column, page), header =>
            header.Begin(5).Int32(1, values.Length).Int32(2, (int)column.Encoding).Int32(3, Rle).Int32(4, Rle).End());
    }

    private static byte[] Compress(TestColumn column, byte[] bytes) =>
        TestCodecs.Compress(column.Codec, bytes, column.IsStored)[..^column.BytesCut];

    private static byte[] Encode(TestColumn column, ulong[] present, List<ulong> dictionary, Random random)
    {
        switch (column.Encoding)
        {
            case TestEncoding.Plain: return Plain(column, present);
            case TestEncoding.ByteStreamSplit: return TestEncoders.Split(present, column.Width);
            case TestEncoding.Delta: return TestEncoders.Delta(present, column.Width);
            case TestEncoding.Rle: return TestEncoders.Prefixed(TestEncoders.Hybrid(present, 1, random));
            case TestEncoding.PlainDictionary or TestEncoding.RleDictionary:
                var places = dictionary.Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => (ulong)pair.i);
                int width = column.IndexWidth ?? 32 - BitOperations.LeadingZeroCount((uint)Math.Max(0, dictionary.Count - 1));
                if (column.WithoutIndices) return [0];
                return [(byte)width, .. TestEncoders.Hybrid([.. present.Select(value => places[value])], width, random)];
            default: return Plain(column, present); // an encoding that nobody reads
        }
    }

    private static unsafe void WritePage(MemoryStream file, Chunk chunk, int kind, int decoded, byte[] bytes, Action<ThriftWriter> inner)
    {
        ThriftWriter header = new ThriftWriter().Int32(1, kind).Int32(2, decoded).Int32(3, bytes.Length);
        if (chunk.Column.HasCrc)
            fixed (byte* start = bytes) header.Int32(4, (int)Crc32.Of(start, bytes.Length));
        inner(header);
        byte[] head = header.Finish().ToArray();
        file.Write(head);
        file.Write(bytes);
        chunk.Decoded += head.Length + decoded;
    }

    private sealed class Chunk(TestColumn column, long start)
    {
        public TestColumn Column => column;

        public long Start => start;

        public long DataPage { get; set; }

        public long Bytes { get; set; }

        public long Decoded { get; set; }

        public SortedSet<int> Encodings { get; } = [];
    }
}
