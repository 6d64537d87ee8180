using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>What one thread scores at a time: a file, or whole row groups of one.</summary>
/// <param name="File">The file.</param>
/// <param name="FirstRow">First row, from 0.</param>
/// <param name="Rows">How many; null is all.</param>
internal sealed record Piece(string File, long FirstRow = 0, long? Rows = null)
{
    private const int SmallestPiece = 20_000;

    /// <summary>Cuts the input so that every thread has something to do. Files are cut only if there are fewer files than threads.</summary>
    public static IReadOnlyList<Piece> Cut(PredictInput input, int threads)
    {
        if (input.IsText || input.Files.Count >= threads) return [.. input.Files.Select(file => new Piece(file))];
        int each = (threads + input.Files.Count - 1) / input.Files.Count;
        return [.. input.Files.SelectMany(file => Cut(file, each))];
    }

    private static IEnumerable<Piece> Cut(string file, int pieces)
    {
        List<long> groups = RowGroups(file);
        long target = Math.Max(SmallestPiece, (groups.Sum() + pieces - 1) / pieces);
        long first = 0;
        long rows = 0;
        foreach (long group in groups)
        {
            rows += group;
            if (rows < target) continue;
            yield return new Piece(file, first, rows);
            (first, rows) = (first + rows, 0);
        }

        if (rows > 0 || first == 0) yield return new Piece(file, first, rows);
    }

    private static List<long> RowGroups(string file)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        try
        {
            using DuckResult result = connection.Query(
                $"SELECT row_group_num_rows FROM parquet_metadata({DuckSql.File(file)}) WHERE column_id = 0 ORDER BY row_group_id");
            return [.. result.Rows().Select(row => (long)row[0]!)];
        }
        catch (DuckDbException)
        {
            return []; // The reader says what is wrong with the file.
        }
    }
}
