using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.DuckDb;

public sealed class DuckSqlTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("it's \"quoted\"; drop table t; --")]
    [InlineData("back\\slash $1 ? ${x}")]
    [InlineData("select")]
    [InlineData("Größe €")]
    public void IdentifierAndLiteral_AnyText_ComeBackUnchanged(string text)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query($"select {DuckSql.Literal(text)} as {DuckSql.Identifier(text)}");
        result.Columns[0].Name.ShouldBe(text);
        result.Scalar<string>().ShouldBe(text);
    }

    [Fact]
    public void Literal_WithNul_IsRefused() => Should.Throw<ArgumentException>(() => DuckSql.Literal("a\0b"));

    [Fact]
    public void Identifier_Empty_IsRefused() => Should.Throw<ArgumentException>(() => DuckSql.Identifier(""));

    [Theory]
    [InlineData("part-[0].x", "part-0.x")]
    [InlineData("a*.x", "ab.x")]
    [InlineData("**.x", "abc.x")]
    [InlineData("a?.x", "ab.x")]
    [InlineData("a{b,c}.x", "ab.x")]
    [InlineData("[!a].x", "b.x")]
    [InlineData("[].x", "].x")]
    [InlineData("it's [\"x\"].x", "it's x.x")]
    [InlineData("back\\slash.x", "backslash.x")]
    [InlineData("d[0]/e[1]/f.x", "d0/e1/f.x")]
    [InlineData("run_date=2026-11-21/k=9.x", "run_date=2026-11-21/k=8.x")]
    public void File_AnyName_IsThatFileAlone(string name, string twin)
    {
        using var folder = new TemporaryFolder();
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        string[] files = [folder.File(name.Split('/')), folder.File(twin.Split('/'))];
        for (int i = 0; i < 2; i++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(files[i])!);
            connection.Execute($"copy (select {i} as k) to {DuckSql.Literal(files[i])} (format parquet)");
            connection.Execute($"copy (select {i} as k) to {DuckSql.Literal(files[i] + ".csv")} (format csv)");
        }

        Read($"read_parquet({DuckSql.File(files[0])}, hive_partitioning = false)").ShouldBe([[0]]);
        Read($"read_parquet({DuckSql.Files(files)}, hive_partitioning = false)").ShouldBe([[0], [1]]);
        Read($"read_csv({DuckSql.File(files[0] + ".csv")}, columns = {{'k': 'INTEGER'}}, header = true, hive_partitioning = false)")
            .ShouldBe([[0]]);

        IReadOnlyList<object?[]> Read(string table)
        {
            using DuckResult result = connection.Query($"select k from {table} order by k");
            return result.Rows();
        }
    }

    [Fact]
    public void File_BackslashAndWildcard_IsRefusedByName() =>
        Should.Throw<DuckDbException>(() => DuckSql.File("/a/b\\[0].parquet")).Message.ShouldContain("/a/b\\[0].parquet");
}
