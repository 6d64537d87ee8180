using System.Globalization;
using BatchScoring.Bench.Files;
using BatchScoring.DuckDb;

namespace BatchScoring.Bench.Spark;

/// <summary>The tables of the other benches with a key, <c>id</c>, that counts from 0. Made once.</summary>
internal static class KeyedTables
{
    private const int RowGroup = 20_480;

    public static string Make(string table, BenchOptions options)
    {
        string folder = table + "-keyed";
        if (Directory.Exists(folder)) return folder;
        Console.Error.WriteLine($"making {folder} (once)");
        string unfinished = Directory.CreateDirectory($"{folder}.{Environment.ProcessId}").FullName;
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        foreach ((int file, string path) in Directory.GetFiles(table).Order(StringComparer.Ordinal).Index())
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture,
                $"COPY (SELECT {(long)file * (options.Rows / Tables.Files)} + file_row_number AS id, * EXCLUDE (file_row_number) " +
                $"FROM read_parquet({DuckSql.Literal(path)}, file_row_number = true)) TO " +
                $"{DuckSql.Literal(Path.Combine(unfinished, Path.GetFileName(path)))} " +
                $"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {RowGroup})"));
        }

        Directory.Move(unfinished, folder);
        return folder;
    }

    /// <summary>A folder with some files of a table: links, so the same bytes in the page cache.</summary>
    public static string Files(string table, string folder, int first, int count)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (string path in Directory.GetFiles(table).Order(StringComparer.Ordinal).Skip(first).Take(count))
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(path)), path);
        return folder;
    }
}
