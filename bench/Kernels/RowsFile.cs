using System.Runtime.InteropServices;
using BatchScoring.DuckDb;

namespace BatchScoring.Bench.Kernels;

/// <summary>The rows of catboost-770, tiled, as float32 row by row: what the peer reads, and what we read.</summary>
internal static class RowsFile
{
    public const int Features = 770;
    public const int Rows = 20_000;

    /// <summary>Makes the file unless it is there.</summary>
    public static string Make(ComparisonOptions options)
    {
        Directory.CreateDirectory(options.Cache);
        string path = Path.Combine(options.Cache, $"catboost-770-{Rows}.f32");
        if (new FileInfo(path) is { Exists: true, Length: (long)Rows * Features * sizeof(float) }) return path;
        float[] table = ReadTable(Path.Combine(options.Golden, "input.parquet"));
        string partial = path + ".partial";
        using (FileStream file = File.Create(partial))
            for (int written = 0; written < Rows; written += table.Length / Features)
                file.Write(MemoryMarshal.AsBytes(table.AsSpan(0, Math.Min(table.Length, (Rows - written) * Features))));
        File.Move(partial, path, overwrite: true);
        return path;
    }

    /// <summary>Reads the file: row after row.</summary>
    public static float[] Read(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

    private static float[] ReadTable(string path)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query("SELECT CAST(COLUMNS(*) AS FLOAT) FROM read_parquet(?)", path);
        var rows = new List<float>();
        while (result.NextChunk() is { } chunk)
        {
            int first = rows.Count;
            CollectionsMarshal.SetCount(rows, first + (chunk.Rows * Features));
            Span<float> cells = CollectionsMarshal.AsSpan(rows)[first..];
            for (int column = 0; column < Features; column++)
                for (int row = 0; row < chunk.Rows; row++)
                    cells[(row * Features) + column] = chunk.IsNull(column, row) ? float.NaN : chunk.Values<float>(column)[row];
        }

        return [.. rows];
    }
}
