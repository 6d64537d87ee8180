using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>A machine without libzstd: ZstdSharp decompresses, and nothing else changes.</summary>
public sealed class NoZstdTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Predict_LibraryIsMissing_SameAnswersByOurOwnReader()
    {
        using (var database = DuckDatabase.Open())
        using (DuckConnection duck = database.Connect())
        {
            duck.Execute($"COPY (SELECT * FROM read_csv({DuckSql.Literal(CreditCardStory.Table)}) LIMIT 3000) "
                + $"TO {DuckSql.Literal(_folder.File("rows.parquet"))} (FORMAT PARQUET, COMPRESSION ZSTD)");
        }

        // What the loader finds first under this name is no library.
        string broken = Directory.CreateDirectory(_folder.File("broken")).FullName;
        File.WriteAllBytes(Path.Combine(broken, "libzstd.so.1"), new byte[100]);
        string[] predict = ["predict", "--model", CreditCardStory.Model, "--input", "rows.parquet", "--key", "ID", "--reader", "native",
            "--output"];
        Run(_folder.Path, [.. predict, "with.csv"]).ShouldExitWith(0);
        Run(broken, [.. predict, "without.csv"]).ShouldExitWith(0);

        File.ReadAllText(_folder.File("without.csv")).ShouldBe(File.ReadAllText(_folder.File("with.csv")));
    }

    private ProgramResult Run(string libraries, string[] arguments) =>
        BuiltProgram.BatchScore.Run(_folder.Path, new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = libraries }, arguments);
}
