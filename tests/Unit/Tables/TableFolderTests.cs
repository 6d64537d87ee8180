using System.Buffers.Binary;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tables;

/// <summary>What tests/data/delta-input does not have: rare features, marks of writers, times, hostile folders.</summary>
public sealed class TableFolderTests : IDisposable
{
    private const string Protocol = """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors"]}}""";
    private const string MetaData =
        """{"metaData":{"id":"t","format":{"provider":"parquet"},"schemaString":"{\"type\":\"struct\",\"fields\":[{\"name\":\"id\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}}]}","partitionColumns":[],"configuration":{}}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("base_0000002/bucket_00000", "Hive ACID")]
    [InlineData("delta_0000001_0000001_0000/bucket_00000", "Hive ACID")]
    [InlineData("run_date=2026-11-21/_delta_log/00000000000000000000.json", "Delta")]
    [InlineData("lake/metadata/v3.metadata.json", "Iceberg")]
    [InlineData("lake/.hoodie/hoodie.properties", "Hudi")]
    public void Open_FolderThatHoldsAnotherTable_IsRefusedByItsFormat(string file, string format)
    {
        Write(file, "x");
        Write("part-0.parquet", "x");

        BatchScoringException error = Should.Throw<BatchScoringException>(() => Open());

        error.Code.ShouldBe("INPUT_TABLE_FORMAT");
        error.Message.ShouldContain(format);
    }

    [Fact]
    public void Open_FilesThatACommitRemovedOrNobodyCommitted_DoNotCount()
    {
        foreach (string name in new[] { "part-0-tid-1-a.parquet", "part-0-tid-2-b.parquet", "part-1-tid-2-c.parquet", "part-0-tid-3-d.parquet", "plain" })
            Write(name, "x");
        Write("part-1.parquet._COPYING_", "x");
        Write("_started_3", "");
        Write("_committed_1", """{"added":["part-0-tid-1-a.parquet"],"removed":[]}""");
        Write("_committed_2", """{"added":["part-0-tid-2-b.parquet","part-1-tid-2-c.parquet"],"removed":["part-0-tid-1-a.parquet"]}""");

        Names(Open()).ShouldBe(["part-0-tid-2-b.parquet", "part-1-tid-2-c.parquet", "plain"]);
    }

    [Theory]
    [InlineData("7,8,-1", "BIGINT")]
    [InlineData("7,0.5", "DOUBLE")]
    [InlineData("7,007", "VARCHAR")]
    [InlineData("7,Z%C3%BCrich", "VARCHAR")]
    [InlineData("__HIVE_DEFAULT_PARTITION__,3", "BIGINT")]
    public void Open_ColumnOfThePath_HasTheNarrowestTypeOfItsValues(string values, string type)
    {
        foreach (string value in values.Split(',')) Write($"place={value}/part", "x");

        Open(new FolderRequest { PathColumns = ["place"] }).Columns.ShouldHaveSingleItem().ShouldBe(
            new FolderColumn("place", type) { IsPartition = true });
    }

    [Fact]
    public void Open_AsOf_IsTheVersionThatStoodThen()
    {
        Write("a.parquet", "aa");
        Write("b.parquet", "bbb");
        Log(0, Protocol, MetaData, Add("a.parquet", 2));
        Log(1, Add("b.parquet", 3));
        Log(2, """{"commitInfo":{"inCommitTimestamp":1795564800000}}""", """{"remove":{"path":"a.parquet","dataChange":true}}""");
        At(0, "2026-11-20");
        At(1, "2026-11-22");

        Version("2026-11-21").ShouldBe(0);
        Version("2026-11-22").ShouldBe(1);
        Version("2026-11-24").ShouldBe(1);
        Version("2026-11-25").ShouldBe(2); // 1795564800000
        Should.Throw<BatchScoringException>(() => Version("2026-11-19")).Code.ShouldBe("INPUT_VERSION");
        Should.Throw<BatchScoringException>(() => Open(new FolderRequest { Version = new WantedVersion(7) })).Code.ShouldBe("INPUT_VERSION");

        long? Version(string time) =>
            Open(new FolderRequest { Version = new WantedVersion(AsOf: DateTimeOffset.Parse(time + "Z", CultureInfo.InvariantCulture)) }).Version;
    }

    [Fact]
    public void Open_ProtocolOfTheFuture_IsRefused()
    {
        Log(0, """{"protocol":{"minReaderVersion":4,"minWriterVersion":7}}""", MetaData);

        Should.Throw<BatchScoringException>(() => Open()).Message.ShouldContain("minReaderVersion 4");
    }

    [Fact]
    public void Open_LogWithoutAnEntry_IsRefused()
    {
        Directory.CreateDirectory(_folder.File("table", "_delta_log"));
        Write("part-0.parquet", "x");

        Should.Throw<BatchScoringException>(() => Open()).Code.ShouldBe("INPUT_LOG_DAMAGED");
    }

    /// <summary>The files of column-mapping-name have numbers for their columns, too: other names in the log do not matter then.</summary>
    [Fact]
    public async Task Bind_ColumnsMappedById_AreFoundByTheirNumbers()
    {
        string table = _folder.File("mapped");
        foreach (string file in Directory.EnumerateFiles(DeltaInput.Open("column-mapping-name").Table, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(table, Path.GetRelativePath(DeltaInput.Open("column-mapping-name").Table, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            if (!copy.EndsWith(".json", StringComparison.Ordinal)) continue;
            string text = await File.ReadAllTextAsync(copy);
            await File.WriteAllTextAsync(copy, text.Replace("\"delta.columnMapping.mode\":\"name\"", "\"delta.columnMapping.mode\":\"id\"", StringComparison.Ordinal)
                .Replace("\"delta.columnMapping.physicalName\\\":\\\"col-", "\"delta.columnMapping.physicalName\\\":\\\"no-", StringComparison.Ordinal));
        }

        FolderTable opened = await TableFolder.OpenLocalAsync(table, new FolderRequest(), default);
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        FolderBinder binder = new(duck, opened);
        foreach (FolderFile file in opened.Files)
        {
            binder.Bind(file, file.File.Key, default).Columns.ShouldAllBe(column => column.FileColumn!.StartsWith("col-"));
            binder.Bind(file, file.File.Key, default).Columns.Count.ShouldBe(opened.Columns.Count);
        }

        opened.Columns.ShouldAllBe(column => column.FieldId != null && column.InFiles.StartsWith("no-"));
        opened.Files.ShouldNotBeEmpty();
    }

    [Fact]
    public void Base85_Z85sOwnExample_IsRead() =>
        Base85.Decode("HelloWorld").ShouldBe([0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B]);

    [Fact]
    public void RoaringRows_ArraysBitmapsAndRuns_AreRead()
    {
        long[] bits = [.. Enumerable.Range(0, 5000).Select(i => (1L << 16) + (i * 13))];
        byte[] bitmap = new byte[8192];
        foreach (long bit in bits) bitmap[(bit & 0xFFFF) / 8] |= (byte)(1 << (int)(bit & 7));
        // Runs: containers 0 (array of 3, 9), 1 (bitmap), 2 (run 10..19); the third half of row numbers above 2^32 has one more.
        byte[] first = [.. Int(12347 | (2 << 16)), 0b100, .. Short(0, 1), .. Short(1, 4999), .. Short(2, 9), .. Short(3, 9), .. bitmap, .. Short(1, 10), .. Short(9)];
        byte[] second = [.. Int(12346), .. Int(1), .. Short(0, 0), .. Int(16), .. Short(7)];
        byte[] all = [.. Int(1681511377), .. Int(2), .. Int(0), .. Int(0), .. first, .. Int(1), .. second];
        long[] rows = [3, 9, .. bits, .. Enumerable.Range(10, 10).Select(i => (2L << 16) + i), (1L << 32) + 7];

        RoaringRows.Read(all, rows.Length).ShouldBe(rows);
        Should.Throw<InvalidDataException>(() => RoaringRows.Read(all, rows.Length - 1));
        for (int cut = 0; cut < all.Length; cut += 97) Should.Throw<InvalidDataException>(() => RoaringRows.Read(all.AsSpan(0, cut), rows.Length));
    }

    private static byte[] Int(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(params int[] values) => [.. values.SelectMany(value => new[] { (byte)value, (byte)(value >> 8) })];

    private static string Add(string path, long size) =>
        $"{{\"add\":{{\"path\":\"{path}\",\"partitionValues\":{{}},\"size\":{size},\"dataChange\":true}}}}";

    private FolderTable Open(FolderRequest? wanted = null) =>
        TableFolder.OpenLocalAsync(_folder.File("table"), wanted ?? new FolderRequest(), default).GetAwaiter().GetResult();

    private string[] Names(FolderTable table) => [.. table.Files.Select(file => Path.GetRelativePath(_folder.File("table"), file.File.Key))];

    private void Log(long version, params string[] lines) => Write($"_delta_log/{DeltaNames.EntryOf(version)}", string.Join('\n', lines));

    private void At(long version, string time) => File.SetLastWriteTimeUtc(_folder.File("table", "_delta_log", DeltaNames.EntryOf(version)),
        DateTime.Parse(time + "Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal));

    private void Write(string name, string text)
    {
        string path = _folder.File(["table", .. name.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
