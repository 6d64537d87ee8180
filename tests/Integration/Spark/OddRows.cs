using BatchScoring.DuckDb;
using BatchScoring.Tests.Integration.Story;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>A sample of a date of its own, so many of whose rows must be set aside that the result is held.</summary>
internal static class OddRows
{
    public const string Date = "2026-12-24";

    public static IReadOnlyList<string> Score { get; } =
        ["score", "--date", Date, "--model", CreditCardStory.Model, "--key", "ID", "--unsealed"];

    /// <summary>Every tenth row has no key.</summary>
    public static void Deliver(string folder)
    {
        Directory.CreateDirectory(folder);
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        duck.Execute($"COPY (SELECT CASE WHEN range % 10 = 0 THEN NULL ELSE range END AS ID, {SmallStory.Columns} FROM range(1000)) "
            + $"TO {DuckSql.Literal(Path.Combine(folder, "part.parquet"))} (FORMAT PARQUET)");
    }
}
