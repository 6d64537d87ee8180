using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.Bench.Files;

/// <summary>The peer: DuckDB scans and sums the columns that the model reads, with one thread, as a process of its own.</summary>
internal static class Scan
{
    public static void Run(string model, string folder)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        IEnumerable<string> sums = CatBoostModel.LoadFile(model).Inputs.Select(input => $"sum({DuckSql.Identifier(input.Name)})");
        using DuckResult result =
            connection.Query($"SELECT count(*), {string.Join(", ", sums)} FROM read_parquet({DuckSql.Literal(folder + "/*.parquet")})");
        Console.WriteLine(result.Rows().Single()[0]);
    }
}
