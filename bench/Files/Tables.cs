using System.Globalization;
using BatchScoring.DuckDb;

namespace BatchScoring.Bench.Files;

/// <summary>The tables that are read: ten Parquet files, zstd, row groups of 20,480 rows. Made once.</summary>
internal sealed class Tables(BenchOptions options)
{
    public const int Files = 10;
    private const int RowGroup = 20_480;
    private const int Seed = 20261121;

    private readonly int _rowsPerFile = options.Rows / Files;

    /// <summary>The golden table, tiled.</summary>
    public string Tiled() => Make("tiled", file => $"""
        SELECT t.* FROM range({(_rowsPerFile / 4000) + 1}) r, read_parquet({DuckSql.Literal(Path.Combine(options.Golden, "input.parquet"))}) t
        LIMIT {_rowsPerFile}
        """);

    /// <summary>Half of the columns discrete with 10 to 200 values, half continuous, 5 % nulls; the model's column names.</summary>
    public string Realistic() => Make("realistic", file =>
    {
        IEnumerable<string> columns = TableColumns().Select((name, i) => $"{Cell(i)} AS {DuckSql.Identifier(name)}");
        return string.Create(CultureInfo.InvariantCulture,
            $"SELECT {string.Join(", ", columns)} FROM range({(long)file * _rowsPerFile}, {(long)(file + 1) * _rowsPerFile}) r(n)");
    });

    /// <summary>The realistic table with snappy.</summary>
    public string RealisticSnappy()
    {
        string zstd = Realistic();
        return Make("realistic-snappy", file =>
            $"FROM read_parquet({DuckSql.Literal(Path.Combine(zstd, $"part-{file:D2}.parquet"))})", "snappy");
    }

    /// <summary>A folder with the first file of a table alone.</summary>
    public static string FirstFile(string table)
    {
        string folder = table + "-first";
        Directory.CreateDirectory(folder);
        string link = Path.Combine(folder, "part-00.parquet");
        if (!File.Exists(link)) File.Copy(Path.Combine(table, "part-00.parquet"), link);
        return folder;
    }

    /// <summary>Two folders with half of the files each.</summary>
    public static (string First, string Second) Halves(string table)
    {
        (string, string) halves = (table + "-half-1", table + "-half-2");
        foreach ((string? folder, int first) in new[] { (halves.Item1, 0), (halves.Item2, Files / 2) })
        {
            Directory.CreateDirectory(folder);
            for (int file = first; file < first + (Files / 2); file++)
            {
                string name = $"part-{file:D2}.parquet";
                // The same bytes in the page cache, whoever reads them.
                if (!File.Exists(Path.Combine(folder, name)))
                    File.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(table, name));
            }
        }

        return halves;
    }

    /// <summary>One cell: 53 random bits decide whether it is null and what it is.</summary>
    private static string Cell(int column)
    {
        string random = string.Create(CultureInfo.InvariantCulture, $"hash(n * 1000 + {column} + {Seed}::BIGINT * 1000000007)");
        string value = column % 2 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"(({random} >> 8) % {10 + (column * 7919 % 191)} * {0.25 * (1 + (column % 5))})")
            : string.Create(CultureInfo.InvariantCulture, $"(({random} >> 11) * {Math.Pow(2, -53) * (1 + column)})");
        return $"CASE WHEN {random} % 20 = 0 THEN NULL ELSE {value}::FLOAT END";
    }

    private List<string> TableColumns()
    {
        using var database = DuckDatabase.Open();
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query("SELECT * FROM read_parquet(?) LIMIT 0", Path.Combine(options.Golden, "input.parquet"));
        return [.. result.Columns.Select(column => column.Name)];
    }

    private string Make(string name, Func<int, string> select, string codec = "zstd")
    {
        string folder = Path.Combine(options.Cache, string.Create(CultureInfo.InvariantCulture, $"{name}-{options.Rows}"));
        if (Directory.Exists(folder)) return folder;
        Console.Error.WriteLine($"making {folder} (once)");
        string unfinished = Directory.CreateDirectory($"{folder}.{Environment.ProcessId}").FullName;
        using (var database = DuckDatabase.Open(new DuckOptions { Threads = 1 }))
        using (DuckConnection connection = database.Connect())
        {
            for (int file = 0; file < Files; file++)
            {
                connection.Execute($"COPY ({select(file)}) TO {DuckSql.Literal(Path.Combine(unfinished, $"part-{file:D2}.parquet"))} " +
                    $"(FORMAT parquet, COMPRESSION {codec}, ROW_GROUP_SIZE {RowGroup})");
            }
        }

        Directory.Move(unfinished, folder);
        return folder;
    }
}
