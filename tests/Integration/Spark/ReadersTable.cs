using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>
/// How many rows each reader gives of a root in which one date is plain, one was replaced, one is about to be replaced and one half
/// published; the table in docs/user/reading-scores.md.
/// </summary>
internal sealed class ReadersTable
{
    private const string Begin = "<!-- measured: tests/Integration/Spark/ReadersTable.cs -->\n", End = "<!-- end -->";
    private static readonly (string Date, int Right)[] Dates = [("2026-11-24", 20), ("2026-11-22", 20), ("2026-11-21", 20), ("2026-11-23", 0)];
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "user", "reading-scores.md");

    private readonly TemporaryFolder _folder = new();
    private readonly string _table;

    public ReadersTable()
    {
        _table = _folder.File("root", "test_sample_inference");
        string golden = Repository.Data("delta", "test_sample_inference");
        foreach (string file in Directory.GetFiles(golden, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_table, Path.GetRelativePath(golden, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>What Spark is asked: a name and a query.</summary>
    public IEnumerable<(string Name, string Query)> Questions()
    {
        foreach ((string name, string setting) in new[] { ("spark", "true"), ("parquet-java", "false") })
        {
            yield return ($"set {name}", $"SET spark.sql.parquet.enableVectorizedReader={setting}");
            foreach ((string date, _) in Dates) yield return ($"{name} {date}", $"SELECT count(*) FROM parquet.`{_table}/run_date={date}`");
            yield return ($"{name} all", $"SELECT count(*) FROM parquet.`{_table}`");
        }

        foreach ((string date, _) in Dates) yield return ($"delta {date}", $"SELECT count(*) FROM delta.`{_table}` WHERE run_date = '{date}'");
        yield return ("delta all", $"SELECT count(*) FROM delta.`{_table}`");
    }

    /// <summary>Holds the page to what was seen; with UPDATE_DOCS=1 writes it.</summary>
    public void ShouldStandInTheDocs(Dictionary<string, string> spark)
    {
        using (_folder)
        {
            string[] seen =
            [
                "| reader | one revision | replaced | about to be replaced | half published | all four |",
                "| --- | --- | --- | --- | --- | --- |",
                Row("Spark 3.5.8, `format(\"delta\")`", key => spark[$"delta {key}"]),
                Row("`batch-score collect`", Collect),
                Row("DuckDB, `read_parquet([…])` of `batch-score parts`", Parts),
                Row("DuckDB, `'…/*/*.parquet'`", key => Duck($"'{_table}/{(key == "all" ? "*" : "run_date=" + key)}/*/*.parquet'")),
                Row("Spark 3.5.8, `read.parquet`", key => spark[$"spark {key}"]),
                Row("parquet-java's record reader (Spark without its own)", key => spark[$"parquet-java {key}"]),
            ];
            string page = File.ReadAllText(Page);
            int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = page.IndexOf(End, StringComparison.Ordinal);
            string table = string.Concat(seen.Select(line => line + "\n"));
            if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1") File.WriteAllText(Page, page[..from] + table + page[to..]);
            else page[from..to].ShouldBe(table, "run this test with UPDATE_DOCS=1");
        }
    }

    private static string Row(string reader, Func<string, string> rows) => $"| {reader} | " + string.Join(" | ",
        Dates.Append(("all", Dates.Sum(date => date.Right))).Select(date => Cell(rows(date.Item1), date.Item2))) + " |";

    private static string Cell(string rows, int right) => rows == right.ToString(System.Globalization.CultureInfo.InvariantCulture) ? rows
        : rows.Length > 0 && char.IsAsciiDigit(rows[0]) ? $"**{rows} for {right}**" : rows;

    private static string Duck(string files)
    {
        using var database = DuckDatabase.Open();
        using DuckConnection connection = database.Connect();
        using DuckResult rows = connection.Query($"SELECT count(*) FROM read_parquet({files})");
        return $"{rows.Scalar<long>()}";
    }

    private string Parts(string key)
    {
        ProgramResult result = Run("parts", DatesOf(key));
        return Answer(result, () => Duck($"[{string.Join(", ", result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(DuckSql.Literal))}]"));
    }

    private string Collect(string key)
    {
        string file = _folder.File($"{key}.csv");
        return Answer(Run("collect", [.. DatesOf(key), "--output", file]), () => $"{File.ReadLines(file).Count() - 1}");
    }

    private static string[] DatesOf(string key) => key == "all" ? ["--from", "2026-11-21", "--to", "2026-11-24"] : ["--date", key];

    private static string Answer(ProgramResult result, Func<string> rows)
    {
        if (result.ExitCode == 75) return "try again later";
        result.ShouldExitWith(0);
        return rows();
    }

    private ProgramResult Run(string command, params string[] arguments) => BuiltProgram.BatchScore.Run(
        _folder.Path, new Dictionary<string, string> { ["BATCHSCORING_ROOT"] = _folder.File("root") }, [command, .. arguments, "--quiet"]);
}
