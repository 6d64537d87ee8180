using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Runs;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class DuplicateKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open();
    private readonly DuckConnection _duck;

    public DuplicateKeysTests() => _duck = _database.Connect();

    /// <summary>A query's own names must not be taken for the table's.</summary>
    [Theory]
    [InlineData("k")]
    [InlineData("filename")]
    [InlineData("repeated")]
    public void Find_TableWithAColumnOfAnyName_FindsWhatStandsEarlier(string other)
    {
        ParquetFooter[] files = [File("a", $"SELECT range AS id, 1 AS {other} FROM range(3)"),
            File("b", $"SELECT 3 - range AS id, 1 AS {other} FROM range(3)")];

        ILookup<int, long> found = DuplicateKeys.Find(_duck, files, "id", default);

        found[0].ShouldBeEmpty();
        found[1].Order().ShouldBe([1L, 2L]);
    }

    private ParquetFooter File(string name, string select)
    {
        string folder = Directory.CreateDirectory(_folder.File("id=7")).FullName, path = Path.Combine(folder, name + ".parquet");
        _duck.Execute($"COPY ({select}) TO {DuckSql.Literal(path)} (FORMAT PARQUET)");
        return ParquetFooter.Read(new ParquetShapes(), _duck, new InputFile { Key = name, Size = 0, Version = "" }, path, new FolderTable("", []), default);
    }

    public void Dispose()
    {
        _duck.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }
}
