using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Dirt;
using BatchScoring.DataGen.Output;
using BatchScoring.DuckDb;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.DataGen;

public sealed class DirtTests : IDisposable
{
    private const int Bad = 210;
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open();
    private readonly DuckConnection _duck;

    public DirtTests() => _duck = _database.Connect();

    public void Dispose()
    {
        _duck.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Codes_AreTheCodesOfTheQuarantine() =>
        new[]
        {
            DirtCodes.MissingKey, DirtCodes.DuplicateKey, DirtCodes.UnreadableNumber, DirtCodes.InfiniteValue, DirtCodes.OutOfRange,
            DirtCodes.UnknownCategory, DirtCodes.WrongType,
        }.ShouldBe([
            QuarantineCodes.MissingKey, QuarantineCodes.DuplicateKey, QuarantineCodes.UnreadableNumber, QuarantineCodes.InfiniteValue,
            QuarantineCodes.OutOfRange, QuarantineCodes.UnknownCategory, QuarantineCodes.WrongType,
        ]);

    /// <summary>
    /// Looks for bad cells in the files, knowing only what good ones look like, and finds what the list says and nothing else.
    /// </summary>
    [Theory]
    [InlineData("parquet")]
    [InlineData("csv")]
    public void Planted_FoundInTheFiles_IsWhatTheListSays(string format)
    {
        string path = _folder.File(format);
        var request = new GenerationRequest { Rows = 3_000, Seed = 4, Format = format, Dirt = Bad, RowsPerFile = 1_000 };
        (GenerationFacts? facts, bool _) = Generator.Run(request, path, 2, _ => { }, CancellationToken.None);

        string[] listed = [.. File.ReadLines(Path.Combine(path, "_about", "planted.csv")).Skip(1)
            .Select(line => line.Split(',')).Select(cells => $"{cells[0]} {cells[1]} {cells[3]} {cells[4]}").Order(StringComparer.Ordinal)];
        listed.Length.ShouldBe(Bad);
        facts.Planted.Values.Sum().ShouldBe(Bad);
        facts.Planted.Count.ShouldBe(format == "csv" ? 6 : 7);

        List<string> found = [];
        for (int i = 0; i < facts.Files.Count; i++) found.AddRange(BadCells(Path.Combine(path, facts.Files[i])));
        found.AddRange(RepeatedKeys(facts.Files.Select(file => Path.Combine(path, file))));
        found.Order(StringComparer.Ordinal).ShouldBe(listed);
    }

    private IEnumerable<string> BadCells(string file)
    {
        Load("t", file);
        TableSchema schema = SchemaMaker.Make(4);
        IEnumerable<(string Name, string Code, string Condition)> tests =
            schema.Features.SelectMany(column => Tests(column).Select(test => (column.Name, test.Code, test.Condition)))
            .Append((Name: "id", Code: "MISSING_KEY", Condition: "id IS NULL"));
        foreach ((string Name, string Code, string Condition)[] some in tests.Chunk(100))
        {
            string sql = string.Join(" UNION ALL ", some.Select(test =>
                $"SELECT '{Path.GetFileName(file)} ' || n || ' {test.Code} {test.Name}' FROM t WHERE {test.Condition}"));
            using DuckResult result = _duck.Query(sql);
            foreach (object?[] row in result.Rows()) yield return (string)row[0]!;
        }
    }

    private static IEnumerable<(string Code, string Condition)> Tests(FeatureColumn column)
    {
        string name = DuckSql.Identifier(column.Name);
        if (column.IsCategory)
        {
            string known = DuckSql.Literals(column.Categories)[1..^1];
            yield return ("WRONG_TYPE", $"{name} IS NULL");
            yield return ("UNKNOWN_CATEGORY", $"CAST({name} AS VARCHAR) NOT IN ({known})");
            yield break;
        }

        yield return ("UNREADABLE_NUMBER", $"{name} IS NOT NULL AND TRY_CAST({name} AS DOUBLE) IS NULL");
        yield return ("INFINITE_VALUE", $"isinf(TRY_CAST({name} AS DOUBLE))");
        if (column.Bounds is var (least, most))
        {
            yield return ("OUT_OF_RANGE", FormattableString.Invariant(
                $"isfinite(TRY_CAST({name} AS DOUBLE)) AND TRY_CAST({name} AS DOUBLE) NOT BETWEEN {least:R} AND {most:R}"));
        }
    }

    private IEnumerable<string> RepeatedKeys(IEnumerable<string> files)
    {
        HashSet<string> seen = [];
        foreach (string file in files)
        {
            Load("t", file);
            using DuckResult result = _duck.Query("SELECT CAST(id AS VARCHAR), n FROM t WHERE id IS NOT NULL ORDER BY n");
            foreach (object?[] row in result.Rows())
            {
                if (!seen.Add((string)row[0]!)) yield return $"{Path.GetFileName(file)} {row[1]} DUPLICATE_KEY id";
            }
        }
    }

    /// <summary>The file as a table with its row numbers <c>n</c>.</summary>
    private void Load(string table, string file) => _duck.Execute(
        $"CREATE OR REPLACE TABLE {table} AS SELECT *, row_number() OVER () - 1 AS n FROM " +
        (file.EndsWith(".csv", StringComparison.Ordinal)
            ? $"read_csv({DuckSql.Literal(file)}, header = true, all_varchar = true)"
            : $"read_parquet({DuckSql.Literal(file)})"));
}
