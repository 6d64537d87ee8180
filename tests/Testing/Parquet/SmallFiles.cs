using BatchScoring.DuckDb;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>Small files that between them have everything that the reader reads.</summary>
public static class SmallFiles
{
    private const int Rows = 60;
    private const int Snappy = 1, Gzip = 2, Brotli = 4, Zstd = 6;

    public static IReadOnlyList<string> Names { get; } =
        ["dictionary-snappy", "v2-zstd-crc", "v1-gzip", "v2-brotli", "plain-kinds", "duckdb-v1", "duckdb-v2"];

    public static byte[] Get(string name) => name switch
    {
        "dictionary-snappy" => TestParquet.Write(40,
            TestColumn.Floats("f", Every(row => row % 7 == 0 ? (float?)null : row % 5))
                with
            { Encoding = TestEncoding.RleDictionary, Codec = Snappy, RowsPerPage = 25, Seed = 1 },
            TestColumn.Integers("i", Every(row => (long?)(row % 3)))
                with
            { Encoding = TestEncoding.PlainDictionary, IsOptional = false, Seed = 2 }),
        "v2-zstd-crc" => TestParquet.Write(60,
            TestColumn.Floats("f", Every(row => row % 4 == 1 ? null : (float?)Math.Sqrt(row)))
                with
            { IsV2 = true, HasCrc = true, Codec = Zstd, RowsPerPage = 30 },
            TestColumn.Floats("d", Every(row => row % 9 == 1 ? (float?)null : row % 6))
                with
            { Encoding = TestEncoding.RleDictionary, IsV2 = true, HasCrc = true, Codec = Zstd, Seed = 3 }),
        "v1-gzip" => TestParquet.Write(60,
            TestColumn.Floats("f", Every(row => row % 4 == 1 ? null : (float?)Math.Sqrt(row)))
                with
            { Codec = Gzip, RowsPerPage = 30, Seed = 6 }),
        "v2-brotli" => TestParquet.Write(60,
            TestColumn.Integers("i", Every(row => row % 5 == 2 ? null : (long?)row * row * row))
                with
            { IsV2 = true, Codec = Brotli, Seed = 7 },
            TestColumn.Floats("d", Every(row => row % 9 == 1 ? (float?)null : row % 6))
                with
            { Encoding = TestEncoding.RleDictionary, Codec = Brotli, Seed = 8 }),
        "plain-kinds" => TestParquet.Write(60,
            TestColumn.Booleans("b", Every(row => row % 5 == 0 ? (bool?)null : row % 2 == 0))
                with
            { Encoding = TestEncoding.Rle, IsV2 = true, Seed = 4 },
            TestColumn.Doubles("d", Every(row => (double?)(row * 0.1)))
                with
            { Encoding = TestEncoding.ByteStreamSplit, IsOptional = false },
            TestColumn.Integers("i", Every(row => row % 8 == 0 ? (long?)null : row * row), isWide: false)
                with
            { Encoding = TestEncoding.Delta, Seed = 5 }),
        "duckdb-v1" => Duck("PARQUET_VERSION V1, COMPRESSION snappy"),
        "duckdb-v2" => Duck("PARQUET_VERSION V2, COMPRESSION zstd"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such file."),
    };

    private static IEnumerable<T> Every<T>(Func<int, T> value) => Enumerable.Range(0, Rows).Select(value);

    private static byte[] Duck(string options)
    {
        using var folder = new TemporaryFolder();
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        string path = folder.File("small.parquet");
        connection.Execute($"COPY (SELECT if(range % 6 = 0, NULL, range % 4)::FLOAT AS f, (range * 0.3)::FLOAT AS g, range::INTEGER AS i " +
            $"FROM range({Rows})) TO {DuckSql.Literal(path)} (FORMAT parquet, {options})");
        return File.ReadAllBytes(path);
    }
}
