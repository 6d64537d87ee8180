using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.Import;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

/// <summary>What import finds out from files and names alone, before it reads a row.</summary>
public sealed class ImportSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
    private readonly DuckConnection _duck;

    public ImportSourceTests() => _duck = _database.Connect();

    public void Dispose()
    {
        _duck.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Find_Folder_IsItsDataFilesInOrder()
    {
        foreach (string name in new[] { "b.csv", "a.CSV", "_about/x.csv", ".hidden", "year=1/c.csv" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File("in", name))!);
            File.WriteAllText(_folder.File("in", name), "id\n1\n");
        }

        ImportFiles files = Sources.Find(_folder.File("in"));

        files.AreParquet.ShouldBeFalse();
        files.Files.Select(file => file.Path).ShouldBe([_folder.File("in", "a.CSV"), _folder.File("in", "b.csv"), _folder.File("in", "year=1", "c.csv")]);
    }

    [Fact]
    public void Find_FileBesideItsFolder_IsNamedTwice()
    {
        Directory.CreateDirectory(_folder.File("in"));
        File.WriteAllText(_folder.File("in", "a.csv"), "id\n1\n");

        Fails(() => Sources.Find(_folder.File("in"), _folder.File("in", "..", "in", "a.csv"))).ShouldBe("IMPORT_FILE_TWICE");
    }

    [Fact]
    public void Find_ParquetBesideCsv_IsRefusedWhateverTheEndings()
    {
        File.WriteAllText(_folder.File("a.parquet"), "id\n1\n");
        Parquet("b.csv", "select 1 as id");

        Fails(() => Sources.Find(_folder.File("a.parquet"), _folder.File("b.csv"))).ShouldBe("IMPORT_FORMATS_MIXED");
        Fails(() => Sources.Find(_folder.File("none.csv"))).ShouldBe("IMPORT_FILE_NOT_FOUND");
        Directory.CreateDirectory(_folder.File("empty"));
        Fails(() => Sources.Find(_folder.File("empty"))).ShouldBe("IMPORT_FILE_NOT_FOUND");
    }

    [Theory]
    [InlineData("IMPORT_NAMES_CLASH", "id", "x", "X")]
    [InlineData("IMPORT_NAMES_CLASH", "id", "x", "x")]
    [InlineData("IMPORT_NAMES_CLASH", "ID", "Id", "id")]
    [InlineData("IMPORT_COLUMN_RESERVED", "id", "FILE_ROW_NUMBER")]
    [InlineData("IMPORT_UNREADABLE", "i\0d\0", "x")]
    public void Require_NamesThatCannotBeToldApart_AreRefused(string code, params string[] names) =>
        Fails(() => SourceNames.Require("a.csv", names)).ShouldBe(code);

    [Fact]
    public void Require_NamesThatOnlyLookAlike_AreTaken() =>
        SourceNames.Require("a.csv", ["id", "x", "x_1", "x ", "größe", "grösse", "", ""]);

    [Fact]
    public void OfParquet_NestedColumns_CountOnce()
    {
        Parquet("a.parquet", "select 1 as id, {'a': 1, 'b': {'c': [1, 2]}} as s, [1.5] as l, 'x' as \"T\"");

        SourceNames.OfParquet(_duck, _folder.File("a.parquet"), default).ShouldBe(["id", "s", "l", "T"]);
    }

    [Theory]
    [InlineData("select 1 as id, 2 as x", "select 2 as x, 1 as id", null)]
    [InlineData("select 1 as id, 2 as x", "select 1 as id", "IMPORT_HEADERS_DIFFER")]
    [InlineData("select 1 as id", "select 1 as id, 2 as x", "IMPORT_HEADERS_DIFFER")]
    [InlineData("select 1 as id, 2 as x", "select 1 as id, 2 as X", "IMPORT_HEADERS_DIFFER")]
    public void Open_TwoFiles_NeedTheSameColumnsInAnyOrder(string first, string second, string? code)
    {
        Parquet("a.parquet", first);
        Parquet("b.parquet", second);

        ImportFiles files = Sources.Find(_folder.File("a.parquet"), _folder.File("b.parquet"));

        if (code is null) SourceTable.Open(_duck, files, null, 1, default).Columns.Select(column => column.Name).ShouldBe(["id", "x"]);
        else Fails(() => SourceTable.Open(_duck, files, null, 1, default)).ShouldBe(code);
    }

    private static string Fails(Action action) => Should.Throw<BatchScoringException>(action).Code;

    private void Parquet(string name, string select) =>
        _duck.Execute($"copy ({select}) to {DuckSql.Literal(_folder.File(name))} (format parquet)");
}
