using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Parity.Parquet;

/// <summary>Files written by DuckDB: both versions of its writer, codecs, with and without dictionaries, any range of rows.</summary>
public sealed class DuckDbFileTests : IDisposable
{
    private const string Table = """
        SELECT range AS id, range::INTEGER AS i32, (range * 1234567890123)::BIGINT AS i64, (hash(range) >> 1)::BIGINT - 4000000000000000000 AS wide,
            (range % 2 = 0) AS b, if(hash(range) % 3 = 0, NULL, range % 5 = 0) AS bn,
            (range % 120)::TINYINT AS i8, (range % 30000)::SMALLINT AS i16, (range % 250)::UTINYINT AS u8, (range % 60000)::USMALLINT AS u16,
            (hash(range) % 4294967296)::UINTEGER AS u32, hash(range) AS u64,
            (hash(range) % 7)::FLOAT AS few, (hash(range + 1) % 100)::FLOAT AS hundred, (hash(range + 2) % 3000)::FLOAT AS thousands,
            (hash(range + 3) * 1e-10)::FLOAT AS f, (hash(range + 4) * 1e-10)::DOUBLE AS d, (hash(range) % 50 * 0.1)::DOUBLE AS dfew,
            if(hash(range) % 20 = 0, NULL, (hash(range + 5) % 90)::FLOAT) AS n5, if(hash(range) % 3 <> 0, NULL, hash(range) * 1e-9)::FLOAT AS n66,
            if(range % 4096 < 3000, NULL, range)::FLOAT AS gaps, NULL::FLOAT AS nothing, NULL::DOUBLE AS nothing2,
            CASE range % 7 WHEN 0 THEN 'nan'::FLOAT WHEN 1 THEN 'inf'::FLOAT WHEN 2 THEN '-inf'::FLOAT WHEN 3 THEN -0.0::FLOAT ELSE 1e-42::FLOAT END AS odd,
            CASE range % 7 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 1e300 WHEN 2 THEN -1e300 WHEN 3 THEN -0.0 ELSE 1e-320 END AS oddd,
            if(range % 11 = 0, NULL, range % 100)::INTEGER AS inull, if(range % 13 = 0, NULL, range)::BIGINT AS lnull,
            'text ' || (range % 10) AS t, (range * 0.01)::DECIMAL(12,2) AS dec
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });

    public static TheoryData<string> Writers
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (string? version in new[] { "V1", "V2" })
                foreach (string? codec in new[] { "uncompressed", "snappy", "zstd", "gzip", "brotli", "lz4" })
                    foreach (string? dictionary in new[] { "", ", DICTIONARY_SIZE_LIMIT 1", ", DICTIONARY_SIZE_LIMIT 100000" })
                        data.Add($"PARQUET_VERSION {version}, COMPRESSION {codec}{dictionary}");
            return data;
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void Read_AnyWriter_SameBitsAsDuckDb(string options)
    {
        string file = Write(options + ", ROW_GROUP_SIZE 6144", 15_000);
        IReadOnlyList<ColumnRequest> inputs = ReaderParity.Numbers(file);
        foreach ((long first, long? rows) in new (long, long?)[] { (0, null), (6144, 6144), (5000, 3000), (14_999, 1), (0, 1) })
        {
            ReadRows read = ReaderParity.Check(
                new SplitReadRequest { Path = file, Columns = inputs, FirstRow = first, Rows = rows, Key = "id" }, options);
            if (options.Contains("lz4", StringComparison.Ordinal)) read.Unsupported.Keys.ShouldBe(["PARQUET_CODEC"]);
            else read.Unsupported.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("i32")]
    [InlineData("lnull")]
    [InlineData("inull")]
    [InlineData("i8")]
    [InlineData("t")]
    [InlineData("u64")]
    public void Read_AnyKey_SameAsDuckDb(string key)
    {
        string file = Write("ROW_GROUP_SIZE 2048", 7000);
        var inputs = ReaderParity.Numbers(file).Where(input => input.Name is "f" or "n5" or "dec").ToList();
        foreach (bool asText in new[] { false, true })
            ReaderParity.Check(new SplitReadRequest
            {
                Path = file,
                Columns = inputs,
                FirstRow = 1500,
                Rows = 4000,
                Key = key,
                KeyAsText = asText
            }, key)
                .Own.ShouldBe(3);
    }

    [Fact]
    public void Read_RowGroupAboveTheCap_GoesThroughDuckDb()
    {
        string file = Write("ROW_GROUP_SIZE 6144", 15_000);
        ReadRows read = ReaderParity.Check(new SplitReadRequest { Path = file, Columns = ReaderParity.Numbers(file), Key = "t" }, "cap",
            capBytes: 100_000);
        read.Own.ShouldBe(0);
        read.Unsupported.ShouldBe(new Dictionary<string, long> { ["PARQUET_MEMORY"] = 3 });
    }

    private string Write(string options, int rows)
    {
        string file = _folder.File($"{Guid.NewGuid():N}.parquet");
        using DuckConnection connection = _database.Connect();
        connection.Execute($"COPY (SELECT * FROM ({Table} FROM range({rows}))) TO {DuckSql.Literal(file)} (FORMAT parquet, {options})");
        return file;
    }
}
