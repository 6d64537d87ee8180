using System.Text;
using BatchScoring.Tables.Csv;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Tables;

namespace BatchScoring.Tests.Unit.Tables.Csv;

/// <summary>Threads cut the file where they like and guess where rows begin: rows, lines and errors are those of the reference.</summary>
public sealed class CsvThreadTests
{
    private const int Seed = 20261128;

    /// <summary>Cells that make guesses wrong: line ends and delimiters in quotes, quotes that mean nothing, rows in cells.</summary>
    private static readonly string[] Cells =
        ["1", "-2.5", "", "\"a\n1,2,3\nb\"", "\"x\"\"\n\"\"y\"", "\"\r\n\r\n\"", "5\" pipe", "\"1,2,3\r4,5,6\"", "\"" +
            new string('\n', 90) + "\"", "long " + new string('z', 300)];

    [Fact]
    public void Read_SeveralThreads_AsTheReferenceDoes()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("rows.csv");
        for (int run = 0; run < 150; run++)
        {
            var random = new Random(Seed + run);
            byte[] bytes = Encoding.UTF8.GetBytes(Table(random));
            File.WriteAllBytes(path, bytes);
            CsvDialect dialect = random.Next(5) == 0 ? new CsvDialect((byte)',', Quotes: false) : CsvDialect.Of(path);
            string expected = CsvAnswer.Of(CsvReference.Read(bytes, dialect));
            foreach (int threads in new[] { 1, 2, 5 })
            {
                var options = new CsvReaderOptions
                {
                    Segment = random.Next(1, 700),
                    Portion = random.Next(1, 300),
                    Capacity = random.Next(1, 500)
                };
                CsvAnswer.Read(path, dialect, options, threads).ShouldBe(expected, $"seed {Seed + run}, {threads} threads, {options}");
            }
        }
    }

    private static string Table(Random random)
    {
        var text = new StringBuilder("a,b,c\n");
        string lineEnd = random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
        int kinds = random.Next(1, Cells.Length + 1);
        for (int row = random.Next(200); row > 0; row--)
        {
            // One row in 500 has a cell too many, so that errors are found by several threads, too.
            int width = random.Next(500) == 0 ? 4 : 3;
            text.AppendJoin(',', Enumerable.Range(0, width).Select(_ => Cells[random.Next(kinds)])).Append(lineEnd);
        }

        return text.ToString();
    }
}
