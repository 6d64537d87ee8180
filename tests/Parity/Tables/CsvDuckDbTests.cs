using System.Text;
using BatchScoring.DuckDb;
using BatchScoring.Tables.Csv;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Parity.Tables;

/// <summary>DuckDB's reader as a judge: well-formed tables come out cell for cell the same. Where our rules differ, they say so.</summary>
public sealed class CsvDuckDbTests : IDisposable
{
    private const int Seed = 20261128;

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_WellFormedTables_AreTheSame()
    {
        for (int run = 0; run < 200; run++)
        {
            string text = Table(new Random(Seed + run));
            Own(text).ShouldBe(Duck(text), $"seed {Seed + run}: {text}");
        }
    }

    /// <summary>
    /// docs/user/csv.md: empty cells count, a quote within a cell is a letter, any line ends go together, what follows a quote is an error.
    /// </summary>
    [Theory]
    [InlineData("a,b\n1,2,\n", "INPUT_ROW_WIDTH")]
    [InlineData("a,b\n1,2\r3,4\r\n5,6\n", "1|2\n3|4\n5|6\n")]
    [InlineData("a,b\n\"1\"x,2\n", "INPUT_QUOTES")]
    [InlineData("a,b\n1\"x,2\n", "1\"x|2\n")]
    [InlineData("a\n1\n\n2\n", "1\n\n2\n")]
    public void Read_OnPurposeDifferent_IsAsOurRulesSay(string text, string expected) => Own(text).ShouldBe(expected);

    private static string Table(Random random)
    {
        int columns = random.Next(2, 7);
        string lineEnd = random.Next(2) == 0 ? "\n" : "\r\n";
        StringBuilder text = new StringBuilder().AppendJoin(',', Enumerable.Range(0, columns).Select(column => $"c{column}"))
            .Append(lineEnd);
        for (int row = random.Next(1, 60); row > 0; row--)
            text.AppendJoin(',', Enumerable.Range(0, columns).Select(column => Cell(random, column == 0))).Append(lineEnd);
        return text.ToString();
    }

    /// <summary>The first cell of a row is never empty: DuckDB passes over rows of empty cells at the end of a file.</summary>
    private static string Cell(Random random, bool isFirst) => random.Next(isFirst ? 1 : 0, 7) switch
    {
        0 => "",
        1 => "\"" + new string('q', random.Next(1, 90)) + ",\"",
        2 => "\"a\"\"b\nc\"",
        3 => "Käse € " + random.Next(100),
        4 => new string('z', random.Next(1, 200)),
        5 => "\"\"\"x\"\"\"",
        _ => (random.NextDouble() * 1000).ToString("R", System.Globalization.CultureInfo.InvariantCulture),
    };

    private string Duck(string text)
    {
        string path = Write(text);
        using DuckConnection connection = _database.Connect();
        string columns = string.Join(", ", text.Split('\r', '\n')[0].Split(',').Select(name => $"'{name}': 'VARCHAR'"));
        using DuckResult result = connection.Query(
            $"SELECT * FROM read_csv({DuckSql.File(path)}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', " +
            $"columns = {{{columns}}})");
        return string.Concat(result.Rows().Select(row => string.Join('|', row) + "\n"));
    }

    private string Own(string text)
    {
        try
        {
            using var reader = CsvReader.Open(Write(text), CsvDialect.Of("rows.csv"));
            reader.Want([.. reader.Names.Select((_, column) => new CsvWanted(column, CsvColumnKind.Text))]);
            var rows = new StringBuilder();
            while (reader.Next())
            {
                for (int row = 0; row < reader.Block.Rows; row++)
                    rows.AppendJoin('|', Enumerable.Range(0, reader.Names.Count)
                        .Select(column => Encoding.UTF8.GetString(reader.Block.Cell(column, row)))).Append('\n');
            }

            return rows.ToString();
        }
        catch (Core.BatchScoringException e)
        {
            return e.Code;
        }
    }

    private string Write(string text)
    {
        string path = _folder.File("rows.csv");
        File.WriteAllText(path, text);
        return path;
    }
}
